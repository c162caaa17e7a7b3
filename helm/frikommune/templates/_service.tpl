{{/*
One service as the templates see it: defaults, what services.<name> says
otherwise, and what follows from the rest of the values. (root, name)
*/}}
{{- define "frikommune.service" -}}
{{- $root := .root -}}
{{- $s := mustMergeOverwrite (deepCopy $root.Values.defaults) (deepCopy (get $root.Values.services .name)) -}}
{{- $file := and $s.stateful (eq $root.Values.storage.engine "sqlite") -}}
{{- $database := and $s.stateful (eq $root.Values.storage.engine "postgresql") -}}
{{- $_ := set $s "name" .name -}}
{{- $_ := set $s "onFile" $file -}}
{{- $_ := set $s "onDatabase" $database -}}
{{- $_ := set $s "kind" (ternary "StatefulSet" "Deployment" $file) -}}
{{- $_ := set $s "replicasAsked" $s.replicas -}}
{{- if kindIs "invalid" $s.replicas -}}
{{- $_ := set $s "replicas" (ternary 1 2 $file) -}}
{{- end -}}
{{- if kindIs "invalid" $s.autoscaling.enabled -}}
{{- $_ := set $s.autoscaling "enabled" (eq $root.Values.storage.engine "postgresql") -}}
{{- end -}}
{{- $_ := set $s "replicasMax" (ternary $s.autoscaling.maxReplicas $s.replicas $s.autoscaling.enabled) -}}
{{- $_ := set $s "stopSeconds" (add (int $s.preStopSleepSeconds) (int $s.drainSeconds) (int $s.graceSeconds)) -}}
{{- if kindIs "invalid" $s.terminationGracePeriodSeconds -}}
{{- $_ := set $s "terminationGracePeriodSeconds" (add $s.stopSeconds 10) -}}
{{- end -}}
{{- $_ := set $s "tls" (ternary ($s.tlsSecret | default $root.Values.tls.existingSecret) "" $root.Values.tls.enabled) -}}
{{- $_ := set $s "asksCertificates" (hasKey $s "certificatesAddress") -}}
{{- if $s.asksCertificates -}}
{{- $_ := set $s "certificatesHere" (empty $s.certificatesAddress) -}}
{{- if $s.certificatesHere -}}
{{- /* By its cluster address, which is never that of a pod that has gone. */ -}}
{{- $_ := set $s "certificatesAddress" (printf "%s-certificates.%s.svc:50051" (include "frikommune.fullname" $root) $root.Release.Namespace) -}}
{{- end -}}
{{- end -}}
{{- toYaml $s -}}
{{- end -}}

{{/* The flags of a server. (root, service) */}}
{{- define "frikommune.flags" -}}
{{- $s := .service -}}
- --listen=0.0.0.0:50051
- --admin-listen=0.0.0.0:50052
- --metrics-listen=0.0.0.0:9090
- --catalog={{ include "frikommune.catalogFolder" .root }}
- --drain-seconds={{ $s.drainSeconds }}
- --grace-seconds={{ $s.graceSeconds }}
{{- with $s.maxConnectionAgeSeconds }}
- --max-connection-age-seconds={{ . }}
{{- end }}
- --max-connection-age-grace-seconds={{ $s.maxConnectionAgeGraceSeconds }}
- --max-connection-idle-seconds={{ $s.maxConnectionIdleSeconds }}
- --keepalive-seconds={{ $s.keepaliveSeconds }}
- --keepalive-timeout-seconds={{ $s.keepaliveTimeoutSeconds }}
- --max-concurrent-streams={{ $s.maxConcurrentStreams }}
{{- with $s.logLevel }}
- --log-level={{ . }}
{{- end }}
{{- if $s.onFile }}
- --store=sqlite:/var/lib/frikommune/{{ $s.name }}.db
{{- end }}
{{- if $s.tls }}
- --tls-certificate=/etc/frikommune/tls/{{ .root.Values.tls.certificateKey }}
- --tls-key=/etc/frikommune/tls/{{ .root.Values.tls.keyKey }}
{{- if .root.Values.tls.mutual }}
- --tls-client-ca=/etc/frikommune/tls/{{ .root.Values.tls.caKey }}
{{- end }}
{{- end }}
{{- if $s.asksCertificates }}
- --certificates={{ $s.certificatesAddress }}
{{- if $s.tls }}
- --certificates-ca=/etc/frikommune/tls/{{ .root.Values.tls.caKey }}
{{- if .root.Values.tls.mutual }}
- --certificates-client-certificate=/etc/frikommune/tls/{{ .root.Values.tls.certificateKey }}
- --certificates-client-key=/etc/frikommune/tls/{{ .root.Values.tls.keyKey }}
{{- end }}
{{- end }}
{{- end }}
{{- with $s.extraArgs }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Where the database is, by reference to the Secret alone. (service) */}}
{{- define "frikommune.storeEnv" -}}
- name: FRIKOMMUNE_DSN
  valueFrom:
    secretKeyRef:
      name: {{ .database.existingSecret }}
      key: {{ .database.key }}
- name: FRIKOMMUNE_STORE
  value: postgres:$(FRIKOMMUNE_DSN)
{{- end -}}
