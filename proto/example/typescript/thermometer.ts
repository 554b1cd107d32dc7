// How warm is it in Vienna? node thermometer.js ADDRESS
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { TemperatureService } from "./gen/weather/temperature/v1/temperature_service_pb.js";

const transport = createGrpcTransport({ baseUrl: `http://${process.argv[2]}` });
const service = createClient(TemperatureService, transport);
const vienna = { coordinates: { latitude: 48.21, longitude: 16.37 } };
const answer = await service.lookupTemperature({ point: vienna }, { timeoutMs: 5000 });
const celsius = answer.reading?.temperatureCelsius;
console.log(celsius === undefined ? "Vienna: no temperature" : `Vienna: ${celsius} degrees Celsius`);
