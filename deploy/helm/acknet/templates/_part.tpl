{{- /* One part of acknet as a Deployment: called with the root, the part's name and its seconds to end. */ -}}
{{- define "acknet.part" -}}
{{- $values := index .root.Values .part -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "acknet.name" .root }}-{{ .part }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "acknet.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .part }}
spec:
  replicas: {{ $values.replicas }}
  selector:
    matchLabels:
      {{- include "acknet.selector" .root | nindent 6 }}
      app.kubernetes.io/component: {{ .part }}
  template:
    metadata:
      labels:
        {{- include "acknet.labels" .root | nindent 8 }}
        app.kubernetes.io/component: {{ .part }}
      annotations:
        checksum/config: {{ include "acknet.config" .root | sha256sum }}
    spec:
      serviceAccountName: {{ include "acknet.name" .root }}
      automountServiceAccountToken: {{ or .root.Values.rbac.reader .root.Values.rbac.fixer }}
      terminationGracePeriodSeconds: {{ .graceSeconds }}
      securityContext:
        {{- include "acknet.podSecurity" .root | nindent 8 }}
      {{- with .root.Values.image.pullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - name: {{ . }}
        {{- end }}
      {{- end }}
      containers:
        - name: acknet
          image: {{ include "acknet.image" .root }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          args: [{{ .part }}]
          env:
            - name: ACKNET_CONFIG
              value: /config/acknet.yaml
            {{- if .root.Values.redis.bundled }}
            - name: ACKNET_REDIS_URL
              value: redis://{{ include "acknet.name" .root }}-redis:6379
            {{- end }}
          envFrom:
            - secretRef:
                name: {{ .root.Values.secrets.existingSecret }}
          ports:
            - name: http
              containerPort: 8080
            {{- if and (eq .part "bot") .root.Values.inbound.enabled }}
            - name: inbound
              containerPort: {{ .root.Values.inbound.port }}
            {{- end }}
          readinessProbe:
            httpGet: { path: /readyz, port: http }
            periodSeconds: 10
            timeoutSeconds: 5
          livenessProbe:
            httpGet: { path: /healthz, port: http }
            initialDelaySeconds: 20
            periodSeconds: 20
            timeoutSeconds: 5
            failureThreshold: 6
          securityContext:
            {{- include "acknet.containerSecurity" .root | nindent 12 }}
          {{- with $values.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          volumeMounts:
            - name: config
              mountPath: /config/acknet.yaml
              subPath: acknet.yaml
              readOnly: true
            {{- if .root.Values.kubeconfigs.existingSecret }}
            - name: kubeconfigs
              mountPath: /config/kube
              readOnly: true
            {{- end }}
            - name: tmp
              mountPath: /tmp
      volumes:
        - name: config
          configMap:
            name: {{ .root.Values.existingConfigMap | default (include "acknet.name" .root) }}
        {{- if .root.Values.kubeconfigs.existingSecret }}
        - name: kubeconfigs
          secret:
            secretName: {{ .root.Values.kubeconfigs.existingSecret }}
            defaultMode: 0440
        {{- end }}
        - name: tmp
          emptyDir: { sizeLimit: 64Mi }
      {{- with $values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- if $values.affinity }}
      affinity:
        {{- toYaml $values.affinity | nindent 8 }}
      {{- else }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "acknet.selector" .root | nindent 14 }}
              app.kubernetes.io/component: {{ .part }}
      {{- end }}
{{- if and .root.Values.podDisruptionBudget.enabled (gt (int $values.replicas) 1) }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "acknet.name" .root }}-{{ .part }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "acknet.labels" .root | nindent 4 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      {{- include "acknet.selector" .root | nindent 6 }}
      app.kubernetes.io/component: {{ .part }}
{{- end }}
{{- end }}
