# convenor in a container: a numeric user that owns nothing, a root file system that may be read-only, one volume.

FROM rust:1.94-slim-bookworm AS build
# A C compiler builds SQLite.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends build-essential=12.9 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build

# The dependencies first, in a layer of their own: it is built again only when they change.
COPY Cargo.toml Cargo.lock ./
RUN mkdir -p src tests/it benches \
    && echo 'fn main() {}' > src/main.rs \
    && touch src/lib.rs \
    && echo 'fn main() {}' > tests/it/main.rs \
    && echo 'fn main() {}' > benches/live.rs \
    && cargo build --release --locked \
    && rm -rf src

COPY assets assets
COPY bot-config bot-config
COPY migrations migrations
COPY src src
# The stand-ins for tests and benches, which are not part of the image, stay and keep Cargo.toml true.
RUN touch src/main.rs src/lib.rs \
    && cargo build --release --locked --bin convenor \
    && mkdir /data

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /build/target/release/convenor /usr/local/bin/convenor
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
WORKDIR /data
ENV CONVENOR_DATA_DIR=/data
VOLUME ["/data"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 CMD ["/usr/local/bin/convenor", "health"]
ENTRYPOINT ["/usr/local/bin/convenor"]
CMD ["serve", "--log", "json"]
