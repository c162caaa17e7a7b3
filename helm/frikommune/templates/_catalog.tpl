{{/*
The catalog in ConfigMaps. A ConfigMap has flat keys and holds 1 MiB, and the
catalog has folders and is nearly as large: every folder of the first level has a
ConfigMap of its own, a key is the path with "__" for "/", and one projected
volume puts all of them back where they were.
*/}}

{{/* Folder of the first level -> its files' paths, as YAML. (root) */}}
{{- define "frikommune.catalogFolders" -}}
{{- $folders := dict -}}
{{- range $path, $_ := .Values.catalog.files -}}
{{- $folder := first (splitList "/" $path) -}}
{{- $_ := set $folders $folder (append (get $folders $folder | default list) $path) -}}
{{- end -}}
{{- toYaml $folders -}}
{{- end -}}

{{- define "frikommune.catalogVolume" -}}
{{- $root := . -}}
- name: catalog
  projected:
    sources:
      {{- range $folder, $paths := include "frikommune.catalogFolders" $root | fromYaml }}
      - configMap:
          name: {{ include "frikommune.fullname" $root }}-catalog-{{ $folder }}
          items:
            {{- range $path := $paths }}
            - {key: {{ $path | replace "/" "__" }}, path: {{ $path }}}
            {{- end }}
      {{- end }}
{{- end -}}

{{/*
The folder the servers read. Kubernetes changes a volume by turning the link
"..data" to a new folder with all files in it: what is behind the link is one
state of the catalog, never half of two.
*/}}
{{- define "frikommune.catalogFolder" -}}
{{- if eq .Values.catalog.source "configMap" -}}
/etc/frikommune/catalog/..data
{{- else -}}
/usr/share/frikommune/catalog
{{- end -}}
{{- end -}}
