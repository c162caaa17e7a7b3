# Brings the node up. Sourced by scripts/cluster.

# The settings that a kubelet changes on the whole machine; down puts them back.
MACHINE_SETTINGS="kernel.panic kernel.panic_on_oops vm.overcommit_memory"

tools_of_the_node() {
  mkdir -p "$STATE/bin"
  local names=(kube-apiserver kube-controller-manager kube-scheduler kubelet
    kube-proxy kubectl helm cluster-dns) name path
  for name in "${names[@]}"; do
    path=$(tools/go-tool "$name")
    ln -sfn "$path" "$STATE/bin/$name"
  done
}

network() {
  ip netns add "$NETNS"
  inside ip link set lo up
  # A bridge without ports: the node's address, and the way to everything else,
  # which is nowhere.
  inside ip link add node0 type bridge
  inside ip address add "$NODE_IP/24" dev node0
  inside ip link set node0 up
  inside ip route add default dev node0
  inside sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.route_localnet=1
}

# A version 1 hierarchy gives a new group no processors until it is told which.
control_groups() {
  local controller setting
  for controller in /sys/fs/cgroup/*/; do
    [[ -e $controller/cgroup.procs ]] || continue
    mkdir -p "$controller/$CGROUP"
    for setting in cpuset.cpus cpuset.mems; do
      [[ -e $controller/$setting ]] || continue
      cat "$controller/$setting" >"$controller/$CGROUP/$setting"
    done
  done
}

write_settings() {
  local name secret
  for name in $MACHINE_SETTINGS; do sysctl "$name"; done >"$STATE/machine-settings"
  secret=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "$secret,admin,admin,system:masters" >"$STATE/tokens"
  openssl genrsa -out "$STATE/accounts.key" 2048 2>/dev/null
  cat >"$KUBECONFIG" <<END
apiVersion: v1
kind: Config
clusters:
  - name: here
    cluster: {server: "https://$NODE_IP:6443", insecure-skip-tls-verify: true}
users:
  - name: admin
    user: {token: $secret}
contexts:
  - name: here
    context: {cluster: here, user: admin, namespace: $NAMESPACE}
current-context: here
END
  cat >"$STATE/containerd.toml" <<END
version = 2
root = "$STATE/containerd/root"
state = "$STATE/containerd/state"
oom_score = 0
[grpc]
  address = "$STATE/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "localhost/pause:1"
  restrict_oom_score_adj = true
  disable_apparmor = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$STATE/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
      BinaryName = "/usr/sbin/runc"
END
  cat >"$STATE/cni/10-bridge.conflist" <<END
{"cniVersion": "0.4.0", "name": "pods", "plugins": [
  {"type": "bridge", "bridge": "pods0", "isGateway": true, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$STATE/addresses",
            "ranges": [[{"subnet": "$PODS"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
END
  cat >"$STATE/kubelet.yaml" <<END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
containerRuntimeEndpoint: unix://$STATE/containerd.sock
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
address: $NODE_IP
cgroupDriver: cgroupfs
cgroupRoot: /$CGROUP
failCgroupV1: false
failSwapOn: false
oomScoreAdj: 0
enforceNodeAllocatable: []
evictionHard: {memory.available: 50Mi, nodefs.available: "0.1%", imagefs.available: "0.1%"}
imageGCHighThresholdPercent: 100
imageGCLowThresholdPercent: 99
clusterDNS: [$NODE_IP]
clusterDomain: cluster.local
resolvConf: $STATE/resolv.conf
podLogsDir: $STATE/log/pods
staticPodPath: ""
END
  : >"$STATE/resolv.conf"
  cat >"$STATE/proxy.yaml" <<END
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: iptables
clientConnection: {kubeconfig: $KUBECONFIG}
clusterCIDR: $PODS
hostnameOverride: $NODE
oomScoreAdj: 0
bindAddress: $NODE_IP
conntrack: {maxPerCore: 0, min: 0}
iptables: {minSyncPeriod: 200ms, localhostNodePorts: false}
END
  cat >"$STATE/Corefile" <<END
. {
  bind $NODE_IP
  errors
  kubernetes cluster.local {
    kubeconfig $KUBECONFIG
    ttl 5
  }
}
END
}

# The image of the process that holds a pod's network: it waits.
pause_image() {
  mkdir -p "$STATE/pause"
  gcc -static -Os -s -o "$STATE/pause/pause" tools/cluster/pause.c
  python3 tools/image/pack.py "$STATE/pause" "$STATE/pause.tar" localhost/pause:1 none 0 /pause
  images import "$STATE/pause.tar"
}

images() { ctr --address "$STATE/containerd.sock" --namespace k8s.io images "$@" >/dev/null; }

control_plane() {
  start etcd etcd --data-dir "$STATE/etcd" --log-outputs stderr \
    --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
    --listen-peer-urls http://127.0.0.1:2380 --initial-advertise-peer-urls http://127.0.0.1:2380 \
    --initial-cluster default=http://127.0.0.1:2380
  start kube-apiserver "$STATE/bin/kube-apiserver" --etcd-servers http://127.0.0.1:2379 \
    --advertise-address "$NODE_IP" --bind-address "$NODE_IP" --cert-dir "$STATE/certificates" \
    --token-auth-file "$STATE/tokens" --authorization-mode RBAC \
    --service-cluster-ip-range "$SERVICES" --service-account-issuer https://cluster.local \
    --service-account-key-file "$STATE/accounts.key" \
    --service-account-signing-key-file "$STATE/accounts.key" \
    --kubelet-preferred-address-types InternalIP
  await 120 "API server" kube get --raw /readyz
  start kube-controller-manager "$STATE/bin/kube-controller-manager" --kubeconfig "$KUBECONFIG" \
    --cluster-cidr "$PODS" --service-account-private-key-file "$STATE/accounts.key" \
    --bind-address 127.0.0.1 --leader-elect=false --cert-dir "$STATE/certificates"
  start kube-scheduler "$STATE/bin/kube-scheduler" --kubeconfig "$KUBECONFIG" \
    --bind-address 127.0.0.1 --leader-elect=false
}

workers() {
  start containerd containerd --config "$STATE/containerd.toml"
  await 30 containerd ctr --address "$STATE/containerd.sock" version
  pause_image
  start kubelet "$STATE/bin/kubelet" --config "$STATE/kubelet.yaml" --kubeconfig "$KUBECONFIG" \
    --root-dir "$STATE/kubelet" --cert-dir "$STATE/certificates" \
    --hostname-override "$NODE" --node-ip "$NODE_IP"
  start kube-proxy "$STATE/bin/kube-proxy" --config "$STATE/proxy.yaml"
  start cluster-dns "$STATE/bin/cluster-dns" -conf "$STATE/Corefile"
  await 120 "node" kube get "node/$NODE"
  kube wait --for=condition=Ready "node/$NODE" --timeout=120s >/dev/null
}

up() {
  [[ ! -e $STATE ]] || refuse "$STATE is there: a node is up, or was not taken down"
  scripts/install --cluster
  mkdir -p "$STATE"/{log,pids,cni,certificates}
  for place in "${ELSEWHERE[@]}"; do [[ ! -e $place ]] || echo "$place"; done >"$STATE/found"
  trap '. tools/cluster/down.sh; echo "cluster: taking down what came up; logs in build/cluster-log" >&2
        mkdir -p build; rm -rf build/cluster-log; cp -r "$STATE/log" build/cluster-log; down' ERR
  tools_of_the_node
  local began=$SECONDS
  network
  control_groups
  write_settings
  control_plane
  workers
  trap - ERR
  echo "cluster: $NODE is ready after $((SECONDS - began)) s, Kubernetes" \
    "$(kube get "node/$NODE" -o jsonpath='{.status.nodeInfo.kubeletVersion}')"
}
