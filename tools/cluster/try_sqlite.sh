# SQLite on a volume, in a namespace of its own. Sourced by tools/cluster/try.sh.

# A node without a provisioner: the volumes are folders, made beforehand.
folder_volumes() {
  local service
  for service in certificates rehab; do
    install -d -o 65532 -g 65532 "$STATE/volumes/$service"
    kube apply -f - >/dev/null <<END
apiVersion: v1
kind: PersistentVolume
metadata: {name: $1-$service}
spec:
  capacity: {storage: 5Gi}
  accessModes: [ReadWriteOnce]
  persistentVolumeReclaimPolicy: Retain
  claimRef: {namespace: $1, name: state-$RELEASE-$service-0}
  hostPath: {path: $STATE/volumes/$service}
END
  done
}

try_sqlite() {
  local namespace=sqlite before after
  kube delete persistentvolume "$namespace-certificates" "$namespace-rehab" --ignore-not-found >/dev/null
  rm -rf -- "$STATE/volumes"
  kube create namespace "$namespace" >/dev/null
  kube label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted >/dev/null
  folder_volumes "$namespace"
  inside helm install "$RELEASE" helm/frikommune -n "$namespace" --set global.imageRegistry=localhost \
    --set image.pullPolicy=Never --set storage.sqlite.storageClassName=- \
    --set storage.sqlite.accessMode=ReadWriteOnce --wait --timeout 180s >/dev/null
  inside helm test "$RELEASE" -n "$namespace" --timeout 60s >/dev/null
  NAMESPACE=$namespace replay
  before=$("$BIN/frikommune" ledger verify --store "sqlite:$STATE/volumes/rehab/rehab.db" 2>&1)
  kube delete pod -n "$namespace" "$RELEASE-rehab-0" --grace-period=0 --force >/dev/null 2>&1
  kube rollout status -n "$namespace" "statefulset/$RELEASE-rehab" --timeout 120s >/dev/null
  after=$("$BIN/frikommune" ledger verify --store "sqlite:$STATE/volumes/rehab/rehab.db" 2>&1)
  [[ $before == "$after" ]] || { printf '%s\n' "before:" "$before" "after:" "$after"; return 1; }
  printf '%s\n' "the ledger, in the next pod the same:" "$after"
  inside helm uninstall "$RELEASE" -n "$namespace" --wait >/dev/null
  kube delete namespace "$namespace" --timeout 120s >/dev/null
}
