#!/bin/bash
# Turns variables into settings of the database, as the image is documented to do, and starts it.
set -eu

conf=$NEO4J_HOME/conf/neo4j.conf

set_to() {
  sed -i "/^ *${1//./\\.}=/d" "$conf"
  printf '%s=%s\n' "$1" "$2" >>"$conf"
}

# What the image sets where nothing else is said.
: "${NEO4J_server_memory_pagecache_size:=512M}"
: "${NEO4J_server_default__listen__address:=0.0.0.0}"
: "${NEO4J_server_directories_logs:=/logs}"

# NEO4J_server_tx__log_x is server.tx_log.x: two underscores stand for one.
for variable in $(compgen -v NEO4J_); do
  case $variable in
    NEO4J_AUTH | NEO4J_HOME | NEO4J_CONF | NEO4J_EDITION | NEO4J_PLUGINS | NEO4J_DEBUG | NEO4J_ACCEPT_LICENSE_AGREEMENT | *_FILE) continue ;;
  esac
  key=${variable#NEO4J_}
  key=${key//__/$'\n'}
  key=${key//_/.}
  set_to "${key//$'\n'/_}" "${!variable}"
done

case ${NEO4J_AUTH:-} in
  '') ;;
  none) set_to dbms.security.auth_enabled false ;;
  # Counts before the first start only; a database that is there keeps its password, and so says the command.
  neo4j/*) "$NEO4J_HOME/bin/neo4j-admin" dbms set-initial-password "${NEO4J_AUTH#neo4j/}" ;;
  *) echo "Invalid value for NEO4J_AUTH: the user is neo4j, as in neo4j/password" >&2; exit 1 ;;
esac

exec "$NEO4J_HOME/bin/neo4j" console
