# docker build -t ingest . && docker run --rm -v "$PWD/ingest:/data" ingest init --contact you@example.org
# docker run --rm -v "$PWD/ingest:/data" ingest run
# The folder on the volume holds config.toml, the store and the archive; it must be writable by user 10001.

FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY .ci/constraints.txt .ci/constraints.txt
COPY models models
COPY scrapers scrapers
COPY pipeline pipeline
RUN python -m venv /opt/ingest \
 && /opt/ingest/bin/pip install --no-cache-dir --disable-pip-version-check --constraint .ci/constraints.txt \
    '.[postgres,parquet,zstd]'

FROM python:3.13-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends tesseract-ocr \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --home-dir /data ingest \
 && install -d -o ingest -g ingest /data
COPY --from=build /opt/ingest /opt/ingest
ENV PATH=/opt/ingest/bin:$PATH PYTHONUNBUFFERED=1
USER ingest
WORKDIR /data
VOLUME /data
ENTRYPOINT ["ingest"]
CMD ["--help"]
