"""How warm is it in Vienna? python thermometer.py ADDRESS, with the generated stubs on PYTHONPATH."""

import sys

import grpc
from google.type import latlng_pb2
from weather.common.v1 import point_pb2
from weather.temperature.v1 import temperature_service_pb2, temperature_service_pb2_grpc

vienna = point_pb2.Point(coordinates=latlng_pb2.LatLng(latitude=48.21, longitude=16.37))
with grpc.insecure_channel(sys.argv[1]) as channel:
    service = temperature_service_pb2_grpc.TemperatureServiceStub(channel)
    answer = service.LookupTemperature(temperature_service_pb2.LookupTemperatureRequest(point=vienna), timeout=5)
known = answer.reading.HasField("temperature_celsius")
print(f"Vienna: {answer.reading.temperature_celsius} degrees Celsius" if known else "Vienna: no temperature")
