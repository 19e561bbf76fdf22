# One image for every process of the product; docker-compose.yml says which one a container runs.
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements/production.txt requirements/
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/production.txt

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin helpdesk \
    && install -d -o helpdesk -g helpdesk /data
WORKDIR /app
COPY --from=build /venv /venv
COPY . .
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=helpdesk.settings \
    DATA_DIR=/data \
    STATIC_ROOT=/app/staticfiles
# Neither command needs a database; the values only let the settings load.
RUN export SECRET_KEY=build FIELD_KEYS= DATABASE_URL=postgresql://nobody@nowhere/none \
    && python manage.py compile_translations \
    && python manage.py collectstatic --no-input --verbosity=0 --ignore='django_htmx/ext/*'
USER helpdesk
VOLUME /data
EXPOSE 8000 8001
CMD ["gunicorn", "helpdesk.wsgi:application", "--worker-class", "gthread", "--threads", "8", \
     "--bind", "0.0.0.0:8000", "--no-control-socket"]
