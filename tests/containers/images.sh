#!/usr/bin/env bash
# Sees to it that the images that the AppHost asks for are there: those that are not are pulled, and
# where they cannot be, stand-ins are built under their names from KAFKA_HOME and NEO4J_HOME.
set -u -o pipefail

here=$(dirname "$(realpath "$0")")
kafka=confluentinc/confluent-local:8.2.0
neo4j=neo4j:5.26-community
base=moviefriends/java:17
# What the tests build images of the services on.
aspnet=moviefriends/aspnet:10.0

present() { docker image inspect "$1" >/dev/null 2>&1; }

# A small Debian with Java, from the packages that this machine's own sources offer.
make_base() {
  present "$base" && return 0
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "A base image can only be made by root, with apt-get."
    return 1
  fi

  command -v debootstrap >/dev/null || apt-get install -y --no-install-recommends debootstrap >/dev/null 2>&1 || { echo "debootstrap could not be installed."; return 1; }
  local folder status
  folder=$(mktemp -d)
  # What is mounted in a mount namespace of its own is gone with it, however this ends.
  unshare --mount bash -s "$folder" >"$folder/log" 2>&1 <<'SCRIPT'
set -eu
root=$1/root
release=$(. /etc/os-release; echo "$VERSION_CODENAME")
mirror=$(apt-get indextargets --format '$(REPO_URI)' "Created-By: Packages" "Release: $release" | head -n 1)
debootstrap --variant=minbase "$release" "$root" "$mirror"
mount -t proc proc "$root/proc"
# Nothing of this needs to survive a power failure.
echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io"
DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install -y --no-install-recommends openjdk-17-jre-headless
chroot "$root" apt-get clean
rm -rf "$root"/var/lib/apt/lists/*
umount "$root/proc"
tar -C "$root" -c . >"$1/base.tar"
SCRIPT
  status=$?
  [ "$status" -eq 0 ] && docker import "$folder/base.tar" "$base" >/dev/null || { tail -n 5 "$folder/log"; status=1; }
  rm -rf "$folder"
  return "$status"
}

# NAME HOME: the files of HOME, and the entry point that stands beside this script.
make() {
  local name=$1 home=$2 folder=$3 status
  if [ -z "$home" ]; then
    echo "$name cannot be pulled, and there is nothing to build a stand-in from: KAFKA_HOME and NEO4J_HOME name unpacked servers."
    return 1
  fi

  make_base || return 1
  local context
  context=$(mktemp -d)
  cp -a "$home" "$context/home" && cp "$here/$folder"/* "$context/"
  DOCKER_BUILDKIT=0 docker build --quiet --network none --tag "$name" "$context" >"$context/log" 2>&1 || { tail -n 5 "$context/log"; false; }
  status=$?
  rm -rf "$context"
  return "$status"
}

# NAME HOME FOLDER
ensure() {
  local began=$SECONDS
  present "$1" && { echo "Image $1: there."; return 0; }
  timeout 300 docker pull --quiet "$1" >/dev/null 2>&1 && { echo "Image $1: pulled, $((SECONDS - began)) s."; return 0; }
  make "$@" && echo "Image $1: a stand-in was built, $((SECONDS - began)) s."
}

# It hands out the base; the SDK takes one from nowhere else.
install_registry() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null && { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends docker-registry; } >/dev/null 2>&1 ||
    { echo "There is no docker-registry to hand out the base of the services' images."; return 1; }
}

# The runtime of this machine on the few libraries that it links to. Only this one has a name of its own: the SDK asks
# a registry for the original, and never the engine.
ensure_aspnet() {
  local began=$SECONDS
  command -v docker-registry >/dev/null || install_registry || return 1
  present "$aspnet" && { echo "Image $aspnet: there."; return 0; }
  make_base || return 1
  local context runtime status
  runtime=$(dirname "$(realpath "$(command -v dotnet)")")
  context=$(mktemp -d)
  mkdir -p "$context/dotnet/shared" && cp "$here/aspnet/Dockerfile" "$context/" && cp -a "$runtime/dotnet" "$runtime/host" "$context/dotnet/" &&
    cp -a "$runtime/shared/Microsoft.NETCore.App" "$runtime/shared/Microsoft.AspNetCore.App" "$context/dotnet/shared/" &&
    DOCKER_BUILDKIT=0 docker build --quiet --network none --tag "$aspnet" "$context" >"$context/log" 2>&1 || { tail -n 5 "$context/log"; false; }
  status=$?
  rm -rf "$context"
  [ "$status" -eq 0 ] && echo "Image $aspnet: built, $((SECONDS - began)) s."
}

ensure "$kafka" "${KAFKA_HOME:-}" confluent-local && ensure "$neo4j" "${NEO4J_HOME:-}" neo4j && ensure_aspnet
