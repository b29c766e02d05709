{{- define "acknet.name" -}}
{{- if contains "acknet" .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-acknet" .Release.Name | trunc 40 | trimSuffix "-" }}{{ end -}}
{{- end }}

{{- define "acknet.selector" -}}
app.kubernetes.io/name: acknet
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "acknet.labels" -}}
{{ include "acknet.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "acknet.image" -}}
{{- if .Values.image.digest }}{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else }}{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end -}}
{{- end }}

{{- define "acknet.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "acknet.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{- /* Cluster-wide, so with the namespace; and none of the names that `acknet onboard` gives. */ -}}
{{- define "acknet.roleName" -}}
{{ include "acknet.name" .root }}-{{ .root.Release.Namespace }}-pod-{{ .who }}
{{- end }}

{{- /* Helm merges maps: a cluster among the default values would stay beside those that are given. */ -}}
{{- define "acknet.config" -}}
{{- $config := .Values.config -}}
{{- if not (hasKey $config "clusters") -}}
{{- $config = merge (dict "clusters" (dict "this-cluster" dict)) $config -}}
{{- end -}}
{{ toYaml $config }}
{{- end }}

{{- /* Not empty = some cluster has `cloud:`. */ -}}
{{- define "acknet.usesCloud" -}}
{{- range $name, $cluster := .Values.config.clusters | default dict -}}
{{- if and $cluster (hasKey $cluster "cloud") }}{{ $name }}{{ end -}}
{{- end -}}
{{- end }}
