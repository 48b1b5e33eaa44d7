# Serving alone: no torch, no compiler, no root.
FROM python:3.12-slim AS build
WORKDIR /build
RUN python -m venv /venv
COPY pyproject.toml README.md LICENSE nianbao.py ./
COPY model model
COPY service service
COPY training training
RUN /venv/bin/pip install --no-cache-dir .

FROM python:3.12-slim
RUN useradd --create-home --uid 10001 nianbao && mkdir /data && chown nianbao /data
COPY --from=build /venv /venv
USER nianbao
WORKDIR /data
ENV NIANBAO_JOBS=/data/jobs.sqlite3
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
    CMD ["/venv/bin/python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
CMD ["/venv/bin/nianbao", "serve", "--host", "0.0.0.0"]
