#!/usr/bin/env bash
# A container engine for the tests, with the images that the AppHost asks for.
#   engine.sh run COMMAND   runs the command while it sees to both, and ends the engine if it was started for it;
#                           what needs them waits for the process CONTAINER_ENGINE_SETUP to end
#   engine.sh start         starts an engine where none answers; exit 1, with the reason, where none can be had
#   engine.sh stop          ends the engine that start has started, and nothing else
# An engine that is started listens on a socket of its own; start says what to set DOCKER_HOST to.
set -u -o pipefail

here=$(dirname "$(realpath "$0")")
# Not in the checkout: layers of images are no part of it, and the next run finds them here.
folder=${CONTAINER_ENGINE_FOLDER:-${XDG_CACHE_HOME:-$HOME/.cache}/moviefriends-containers}
pidfile=$folder/dockerd.pid
socket=unix://$folder/docker.sock
time_limit=60

answers() { timeout 5 docker version --format '{{.Server.Version}}' 2>/dev/null | grep -q .; }

# The number of a process is used again sooner or later: only a dockerd on this folder is ours.
ours() {
  local pid
  pid=$(cat "$pidfile" 2>/dev/null) || return 1
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "dockerd --data-root $folder/data " && echo "$pid"
}

install() {
  command -v apt-get >/dev/null || { echo "No container engine answers, and there is no apt-get to install one."; return 1; }
  echo "Installing a container engine ..."
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends docker.io iptables debootstrap; } >/dev/null 2>&1
  command -v dockerd >/dev/null || { echo "No container engine answers, and none could be installed."; return 1; }
}

start() {
  answers && { echo "A container engine answers: $(docker version --format '{{.Server.Version}}')."; return 0; }
  if ours >/dev/null; then
    export DOCKER_HOST=$socket
    answers && { echo "The container engine of an earlier start answers: DOCKER_HOST=$socket"; return 0; }
  fi

  [ "$(id -u)" -eq 0 ] || { echo "No container engine answers, and only root can start one."; return 1; }
  command -v dockerd >/dev/null || install || return 1
  mkdir -p "$folder"
  # What an engine that was killed has left behind.
  ours >/dev/null || rm -f "$pidfile"
  setsid dockerd --data-root "$folder/data" --exec-root "$folder/run" --pidfile "$pidfile" -H "$socket" </dev/null >"$folder/dockerd.log" 2>&1 &
  local pid=$! began=$SECONDS
  export DOCKER_HOST=$socket
  until answers; do
    if ! kill -0 "$pid" 2>/dev/null || [ $((SECONDS - began)) -ge "$time_limit" ]; then
      echo "The container engine did not start within $time_limit s:"
      tail -n 5 "$folder/dockerd.log"
      kill "$pid" 2>/dev/null
      return 1
    fi
    sleep 0.2
  done
  echo "A container engine was started: DOCKER_HOST=$socket, process $(cat "$pidfile")."
}

stop() {
  local pid
  pid=$(ours) || { echo "No container engine of these tests is running."; return 0; }
  kill "$pid"
  timeout "$time_limit" tail --pid="$pid" -f /dev/null || kill -KILL "$pid"
  echo "The container engine was ended (process $pid)."
}

# Without an engine or images the command runs all the same: its tests say what was missing.
run() {
  local before status
  before=$(ours)
  answers || export DOCKER_HOST=$socket
  { start && "$here/images.sh"; } &
  CONTAINER_ENGINE_SETUP=$! "$@"
  status=$?
  wait
  [ -n "$before" ] || [ -z "$(ours)" ] || stop
  return "$status"
}

case ${1:-} in
  run) shift; run "$@" ;;
  start) start ;;
  stop) stop ;;
  *) echo "engine.sh run COMMAND | start | stop" >&2; exit 2 ;;
esac
