{{/* Names and labels. */}}

{{- define "frikommune.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "frikommune.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "frikommune.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}

{{- define "frikommune.image" -}}
{{- with .Values.global.imageRegistry }}{{ trimSuffix "/" . }}/{{ end -}}
{{- .Values.image.repository -}}
{{- if .Values.image.digest }}@{{ .Values.image.digest }}
{{- else }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* What a selector holds; it may never change. (root, name) */}}
{{- define "frikommune.selector" -}}
app.kubernetes.io/name: frikommune-{{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}

{{/* What every object has. (root, component) */}}
{{- define "frikommune.labels" -}}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: frikommune
app.kubernetes.io/version: {{ .root.Values.image.tag | default .root.Chart.AppVersion | trunc 63 | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The annotations of an object, and the heading if there are any. (root, annotations) */}}
{{- define "frikommune.annotations" -}}
{{- with merge (deepCopy (.annotations | default dict)) .root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
Metadata of an object of one service. (root, name; suffix, annotations)
*/}}
{{- define "frikommune.metadata" -}}
{{- $called := printf "%s-%s%s" (include "frikommune.fullname" .root) .name (.suffix | default "") -}}
{{- include "frikommune.metadataOf" (merge (dict "called" $called "app" (printf "frikommune-%s" .name) "component" .name) .) -}}
{{- end -}}

{{/*
Metadata of any object. (root, called, component; app, namespace, labels, annotations)
*/}}
{{- define "frikommune.metadataOf" -}}
name: {{ .called }}
namespace: {{ .namespace | default .root.Release.Namespace }}
labels:
  app.kubernetes.io/name: {{ .app | default "frikommune" }}
  {{- include "frikommune.labels" . | nindent 2 }}
  {{- with .labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- include "frikommune.annotations" . }}
{{- end -}}
