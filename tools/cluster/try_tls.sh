# Mutual TLS between everyone. Sourced by tools/cluster/try.sh.

# An authority of this node, and a certificate of it for each service and the
# callers, in a Secret each.
certificates() {
  local folder=$STATE/tls service name
  mkdir -p "$folder"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
    -subj "/CN=authority" -keyout "$folder/ca.key" -out "$folder/ca.crt" 2>/dev/null
  for service in scheduling certificates rehab; do
    name=$RELEASE-$service.$NAMESPACE.svc
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" \
      -keyout "$folder/$service.key" -out "$folder/$service.csr" 2>/dev/null
    openssl x509 -req -in "$folder/$service.csr" -CA "$folder/ca.crt" -CAkey "$folder/ca.key" \
      -CAcreateserial -days "$1" -extfile <(echo "subjectAltName=DNS:$name") \
      -out "$folder/$service.crt" 2>/dev/null
    kube create secret generic "$service-tls" -n "$NAMESPACE" --dry-run=client -o yaml \
      --from-file=tls.crt="$folder/$service.crt" --from-file=tls.key="$folder/$service.key" \
      --from-file=ca.crt="$folder/ca.crt" | kube apply -f - >/dev/null
  done
}

try_tls() {
  certificates 1
  chart upgrade -f helm/frikommune/ci/mutual-tls-values.yaml
  inside helm test "$RELEASE" -n "$NAMESPACE" --timeout 60s --logs | grep -E '^(ok|FAIL)'
  if inside "$BIN/frikommune" probe --target "$(address "$RELEASE-scheduling"):50051" --timeout-seconds 3 \
    >/dev/null; then
    echo "a caller without a certificate was answered" && return 1
  fi
  echo "a caller without a certificate is refused"
}
