// How warm is it in Vienna? thermometer ADDRESS
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"google.golang.org/genproto/googleapis/type/latlng"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	commonv1 "example.org/thermometer/gen/weather/common/v1"
	temperaturev1 "example.org/thermometer/gen/weather/temperature/v1"
)

func main() {
	connection, err := grpc.NewClient(os.Args[1], grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		log.Fatal(err)
	}
	defer connection.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	vienna := &commonv1.Point{Coordinates: &latlng.LatLng{Latitude: 48.21, Longitude: 16.37}}
	answer, err := temperaturev1.NewTemperatureServiceClient(connection).LookupTemperature(ctx, &temperaturev1.LookupTemperatureRequest{Point: vienna})
	if err != nil {
		log.Fatal(err)
	}
	reading := answer.GetReading()
	if reading == nil || reading.TemperatureCelsius == nil {
		fmt.Println("Vienna: no temperature")
		return
	}
	fmt.Printf("Vienna: %v degrees Celsius\n", *reading.TemperatureCelsius)
}
