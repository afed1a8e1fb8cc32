# Casus in a container, which stores its graph in /data. Build the image, then try it on http://127.0.0.1:8080:
#
#   docker build -t casus .
#   docker run --rm -p 127.0.0.1:8080:8080 casus serve --sample --listen :8080 --insecure
#
# Only this machine reaches that port. A server that other machines reach needs tokens instead of --insecure.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /casus ./cmd/casus
RUN go -C .ci/release run ./notice -root ../.. -texts >/THIRD_PARTY_LICENSES.txt

FROM debian:12-slim
# Certificates are for casus fetch and casus extract, pdftotext is for articles in PDF.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates poppler-utils \
    && rm -rf /var/lib/apt/lists/* && useradd --create-home --home-dir /data casus
COPY --from=build /casus /usr/local/bin/casus
COPY --from=build /src/LICENSE /src/NOTICE /THIRD_PARTY_LICENSES.txt /usr/share/doc/casus/
USER casus
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["casus"]
CMD ["help"]
