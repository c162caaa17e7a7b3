{{/* Refuses what cannot work, and says why. (root) */}}
{{- define "frikommune.validate" -}}
{{- $root := . -}}
{{- $tls := .Values.tls -}}
{{- $databases := dict -}}
{{- $enabled := 0 -}}
{{- range $name, $_ := .Values.services -}}
{{- $s := include "frikommune.service" (dict "root" $root "name" $name) | fromYaml -}}
{{- if $s.enabled -}}
{{- $enabled = add $enabled 1 -}}

{{- if and $s.onFile (gt (int $s.replicasAsked) 1) -}}
{{- fail (printf "services.%s.replicas is %d, but a SQLite file has one writer: set storage.engine to postgresql, or replicas to 1" $name (int $s.replicasAsked)) -}}
{{- end -}}
{{- if and $s.onFile $s.autoscaling.enabled -}}
{{- fail (printf "services.%s.autoscaling is on, but a SQLite file has one writer: set storage.engine to postgresql, or turn autoscaling off" $name) -}}
{{- end -}}
{{- if gt (int $s.autoscaling.minReplicas) (int $s.autoscaling.maxReplicas) -}}
{{- fail (printf "services.%s.autoscaling: minReplicas %d is more than maxReplicas %d" $name (int $s.autoscaling.minReplicas) (int $s.autoscaling.maxReplicas)) -}}
{{- end -}}

{{- $database := $s.database | default dict -}}
{{- if and (eq $name "scheduling") $s.stateful -}}
{{- fail "services.scheduling.stateful is true, but scheduling keeps nothing and has no --store" -}}
{{- end -}}
{{- if and (not $s.stateful) $database.existingSecret -}}
{{- fail (printf "services.%s.database is set, but %s keeps nothing and has no --store" $name $name) -}}
{{- end -}}
{{- if $s.onDatabase -}}
{{- if not $database.existingSecret -}}
{{- fail (printf "storage.engine is postgresql, but services.%s.database.existingSecret names no Secret; this chart makes none" $name) -}}
{{- end -}}
{{- $where := printf "%s/%s" $database.existingSecret $database.key -}}
{{- with get $databases $where -}}
{{- fail (printf "services.%s and services.%s both have key %s of Secret %s: each keeps a ledger and needs a database of its own" . $name $database.key $database.existingSecret) -}}
{{- end -}}
{{- $_ := set $databases $where $name -}}
{{- end -}}

{{- if lt (int $s.terminationGracePeriodSeconds) (int (add $s.stopSeconds 5)) -}}
{{- fail (printf "services.%s.terminationGracePeriodSeconds is %d, but the server is given %d seconds to stop (preStopSleepSeconds, drainSeconds and graceSeconds) and needs 5 more: it would be killed with calls under way" $name (int $s.terminationGracePeriodSeconds) (int $s.stopSeconds)) -}}
{{- end -}}
{{- if and $s.preStopSleepSeconds (semverCompare "<1.30.0-0" $root.Capabilities.KubeVersion.Version) -}}
{{- fail (printf "services.%s.preStopSleepSeconds needs Kubernetes 1.30 or newer; the server's own drainSeconds needs nothing" $name) -}}
{{- end -}}

{{- if and $tls.enabled (not $s.tls) -}}
{{- fail (printf "tls.enabled is true, but neither tls.existingSecret nor services.%s.tlsSecret names a Secret; this chart makes none" $name) -}}
{{- end -}}
{{- if and $s.asksCertificates $s.certificatesHere -}}
{{- $certificates := get $root.Values.services "certificates" | default dict -}}
{{- if or (not $certificates) (eq (toString $certificates.enabled) "false") -}}
{{- fail (printf "services.%s asks certificates, which is not enabled here: give services.%s.certificatesAddress" $name $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- if not $enabled -}}
{{- fail "no service is enabled" -}}
{{- end -}}
{{- if and $tls.mutual (not $tls.enabled) -}}
{{- fail "tls.mutual is true, but tls.enabled is not" -}}
{{- end -}}
{{- if and (eq .Values.catalog.source "image") .Values.catalog.files -}}
{{- fail "catalog.files are given, but catalog.source is image: they would not be read; set it to configMap" -}}
{{- end -}}
{{- if eq .Values.catalog.source "configMap" -}}
{{- if not .Values.catalog.files -}}
{{- fail "catalog.source is configMap, but catalog.files is empty; scripts/helm-catalog writes it" -}}
{{- end -}}
{{- range $folder, $paths := include "frikommune.catalogFolders" . | fromYaml -}}
{{- $size := 0 -}}
{{- range $path := $paths -}}
{{- $size = add $size (len (get $root.Values.catalog.files $path)) (len $path) -}}
{{- end -}}
{{- if gt (int $size) 1000000 -}}
{{- fail (printf "catalog.files: %s/ has %d bytes, and a ConfigMap holds 1,000,000: build an image with this catalog" $folder (int $size)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
