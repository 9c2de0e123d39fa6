#!/bin/sh
# The broker holds nothing that PostgreSQL does not know: no disk. Its password stays out of the list of processes.
set -eu
umask 077
cat > /run/valkey/valkey.conf <<CONF
requirepass $(cat /run/secrets/REDIS_PASSWORD)
save ""
appendonly no
maxmemory 256mb
maxmemory-policy volatile-lru
CONF
exec valkey-server /run/valkey/valkey.conf
