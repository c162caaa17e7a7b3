{{/* What Pod Security calls restricted, and the same user everywhere. */}}
{{- define "frikommune.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "frikommune.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
capabilities:
  drop: [ALL]
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* What the pods of jobs and tests have in common. (root) */}}
{{- define "frikommune.errand" -}}
automountServiceAccountToken: false
enableServiceLinks: false
restartPolicy: Never
securityContext:
  {{- include "frikommune.podSecurity" . | nindent 2 }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "frikommune.errandResources" -}}
requests: {cpu: 50m, memory: 128Mi, ephemeral-storage: 16Mi}
limits: {memory: 128Mi, ephemeral-storage: 64Mi}
{{- end -}}

{{/* A gRPC probe on the admin port. (service: health name, probe) */}}
{{- define "frikommune.probe" -}}
grpc:
  port: 50052
  service: {{ .service }}
{{ toYaml .probe }}
{{- end -}}

{{/* The pod of a service. (root, service) */}}
{{- define "frikommune.pod" -}}
{{- $root := .root -}}
{{- $s := .service -}}
{{- $id := dict "root" $root "name" $s.name -}}
metadata:
  labels:
    {{- include "frikommune.selector" $id | nindent 4 }}
    {{- with $root.Values.commonLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    app.kubernetes.io/component: {{ $s.name }}
    app.kubernetes.io/part-of: frikommune
    {{- with $s.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    kubectl.kubernetes.io/default-container: {{ $s.name }}
    {{- if and (eq $root.Values.catalog.source "configMap") $root.Values.catalog.restartOnChange }}
    frikommune/catalog-checksum: {{ $root.Values.catalog.files | toJson | sha256sum }}
    {{- end }}
    {{- with $s.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "frikommune.serviceAccountName" $root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- if not (kindIs "invalid" $s.hostUsers) }}
  hostUsers: {{ $s.hostUsers }}
  {{- end }}
  terminationGracePeriodSeconds: {{ $s.terminationGracePeriodSeconds }}
  securityContext:
    {{- include "frikommune.podSecurity" . | nindent 4 }}
  {{- with $root.Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $s.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $s.runtimeClassName }}
  runtimeClassName: {{ . }}
  {{- end }}
  {{- with $s.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $s.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  affinity:
    {{- if $s.affinity }}
    {{- toYaml $s.affinity | nindent 4 }}
    {{- else }}
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 1
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector:
              matchLabels:
                {{- include "frikommune.selector" $id | nindent 16 }}
    {{- end }}
  {{- if and $s.topologySpread.enabled (eq $s.kind "Deployment") }}
  topologySpreadConstraints:
    {{- range $key, $when := dict "topology.kubernetes.io/zone" $s.topologySpread.zone "kubernetes.io/hostname" $s.topologySpread.node }}
    - maxSkew: 1
      topologyKey: {{ $key }}
      whenUnsatisfiable: {{ $when }}
      labelSelector:
        matchLabels:
          {{- include "frikommune.selector" $id | nindent 10 }}
      matchLabelKeys: [pod-template-hash]
    {{- end }}
  {{- end }}
  containers:
    - name: {{ $s.name }}
      image: {{ include "frikommune.image" $root }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      command: [/usr/local/bin/frikommune-{{ $s.name }}]
      args:
        {{- include "frikommune.flags" . | nindent 8 }}
      {{- if or $s.onDatabase $s.extraEnv }}
      env:
        {{- if $s.onDatabase }}
        {{- include "frikommune.storeEnv" $s | nindent 8 }}
        {{- end }}
        {{- with $s.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      ports:
        - {name: grpc, containerPort: 50051}
        - {name: grpc-admin, containerPort: 50052}
        - {name: http-metrics, containerPort: 9090}
      startupProbe:
        {{- include "frikommune.probe" (dict "service" "liveness" "probe" $s.startupProbe) | nindent 8 }}
      livenessProbe:
        {{- include "frikommune.probe" (dict "service" "liveness" "probe" $s.livenessProbe) | nindent 8 }}
      readinessProbe:
        {{- include "frikommune.probe" (dict "service" "readiness" "probe" $s.readinessProbe) | nindent 8 }}
      {{- if $s.preStopSleepSeconds }}
      lifecycle:
        preStop:
          sleep:
            seconds: {{ $s.preStopSleepSeconds }}
      {{- end }}
      securityContext:
        {{- include "frikommune.containerSecurity" . | nindent 8 }}
      resources:
        {{- toYaml $s.resources | nindent 8 }}
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
        {{- if $s.onFile }}
        - {name: state, mountPath: /var/lib/frikommune}
        {{- end }}
        {{- if $s.tls }}
        - {name: tls, mountPath: /etc/frikommune/tls, readOnly: true}
        {{- end }}
        {{- if eq $root.Values.catalog.source "configMap" }}
        - {name: catalog, mountPath: /etc/frikommune/catalog, readOnly: true}
        {{- end }}
        {{- with $s.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: 16Mi
    {{- if $s.tls }}
    - name: tls
      secret:
        secretName: {{ $s.tls }}
        defaultMode: 0440
    {{- end }}
    {{- if eq $root.Values.catalog.source "configMap" }}
    {{- include "frikommune.catalogVolume" $root | nindent 4 }}
    {{- end }}
    {{- with $s.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
