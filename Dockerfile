# The image, where there is Docker; scripts/image builds the same without it, and
# says what goes into it.
FROM debian:12-slim AS build
WORKDIR /src
COPY scripts/ scripts/
RUN apt-get update && apt-get install -y --no-install-recommends binutils ca-certificates python3 \
  && scripts/install && rm -rf /var/lib/apt/lists/*
COPY . .
RUN scripts/image --root /out

FROM scratch
COPY --from=build /out/ /
COPY --from=build --chown=65532:65532 /out/var/lib/frikommune/ /var/lib/frikommune/
USER 65532:65532
ENV PATH=/usr/local/bin FRIKOMMUNE_CATALOG=/usr/share/frikommune/catalog
EXPOSE 50051/tcp 50052/tcp 9090/tcp
STOPSIGNAL SIGTERM
CMD ["/usr/local/bin/frikommune", "--help"]
