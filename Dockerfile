# Casus in a container. The graph is in /data; build with: docker build -t casus .
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
