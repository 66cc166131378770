#!/bin/bash
# Turns variables into settings of the broker, as the image is documented to do, and starts it.
set -eu

# What the image sets where nothing else is said: one broker that is its own controller.
: "${CLUSTER_ID:=4L6g3nShT-eMCtK--X86sw}"
: "${KAFKA_NODE_ID:=1}"
: "${KAFKA_PROCESS_ROLES:=broker,controller}"
: "${KAFKA_CONTROLLER_QUORUM_VOTERS:=1@localhost:29093}"
: "${KAFKA_CONTROLLER_LISTENER_NAMES:=CONTROLLER}"
: "${KAFKA_INTER_BROKER_LISTENER_NAME:=PLAINTEXT}"
: "${KAFKA_LISTENER_SECURITY_PROTOCOL_MAP:=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PLAINTEXT_HOST:PLAINTEXT}"
: "${KAFKA_LISTENERS:=PLAINTEXT://localhost:29092,CONTROLLER://localhost:29093,PLAINTEXT_HOST://0.0.0.0:9092}"
: "${KAFKA_ADVERTISED_LISTENERS:=PLAINTEXT://localhost:29092,PLAINTEXT_HOST://localhost:9092}"
: "${KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR:=1}"
: "${KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR:=1}"
: "${KAFKA_TRANSACTION_STATE_LOG_MIN_ISR:=1}"
: "${KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS:=0}"
: "${KAFKA_LOG_DIRS:=/tmp/kraft-combined-logs}"

# KAFKA_LOG_DIRS is log.dirs; two underscores stand for one, three for a dash.
properties=/tmp/kafka.properties
for variable in $(compgen -v KAFKA_); do
  case $variable in
    KAFKA_HEAP_OPTS | KAFKA_OPTS | KAFKA_JMX_OPTS | KAFKA_GC_LOG_OPTS | KAFKA_JVM_PERFORMANCE_OPTS | KAFKA_LOG4J_* | KAFKA_REST_* | KAFKA_VERSION) continue ;;
  esac
  key=${variable#KAFKA_}
  key=${key//___/-}
  key=${key//__/$'\n'}
  key=${key//_/.}
  key=${key//$'\n'/_}
  printf '%s=%s\n' "${key,,}" "${!variable}"
done >"$properties"

export LOG_DIR=/tmp/kafka-logs
/opt/kafka/bin/kafka-storage.sh format --ignore-formatted --cluster-id "$CLUSTER_ID" --config "$properties"
exec /opt/kafka/bin/kafka-server-start.sh "$properties"
