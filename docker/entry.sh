#!/bin/sh
# Becomes the process asked for: web, worker, beat, release, or any command of manage.py.
# Each secret that this container was given is a file; it is read into the variable of the file's name.
set -eu
for secret in /run/secrets/*; do
  [ -f "$secret" ] || continue
  export "$(basename "$secret")=$(cat "$secret")"
done

process=${1:-web}
[ $# -eq 0 ] || shift
celery="celery -A alliances.config"
case $process in
  web)
    exec gunicorn alliances.config.wsgi:application --bind 0.0.0.0:8000 --worker-class gthread --threads 4 \
      --worker-tmp-dir /dev/shm --timeout 30 --graceful-timeout 25 --max-requests 2000 --max-requests-jitter 200 \
      --access-logfile - --error-logfile - --no-control-socket "$@"
    ;;
  worker)
    exec $celery worker --pool prefork --loglevel INFO --without-gossip --without-mingle "$@"
    ;;
  beat)
    # What it has rung is kept for itself alone: nothing is lost when it starts anew.
    exec $celery beat --loglevel INFO --pidfile= --schedule /tmp/beat-schedule "$@"
    ;;
  release)
    # Roles first, where this job knows the administrator; then tables and reference data. All three may be repeated.
    [ -z "${DATABASE_ADMIN_URL:-}" ] || python manage.py provision
    python manage.py migrate --no-input
    exec python manage.py load_reference
    ;;
  *)
    exec python manage.py "$process" "$@"
    ;;
esac
