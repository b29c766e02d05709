import type { VerdictRow } from './verdict-row.js';

const OPTIONS = 'k8s.io/component-base logs/api/v1/options.go';
const REGISTER = 'k8s.io/component-base logs/json/register/register.go';
const TYPES = 'k8s.io/component-base logs/api/v1/types.go';
const FIELDS = (minor: number) => `k8s.io/kube-proxy config/v1alpha1/types.go, release-1.${minor}`;
const at = (field: string, text: string): string => `initialize logging: logging.${field}: ${text}`;

/** The block `logging`, which exists from 1.28 on. */
export const loggingRows: readonly VerdictRow[] = [
  [28, 'logging:\n  flushFrequency: 5s', 'accepted', TYPES],
  [28, 'logging:\n  flushFrequency: 5000000000', 'accepted', TYPES],
  [31, 'logging:\n  flushFrequency: 0', 'accepted', OPTIONS],
  [31, 'logging:\n  flushFrequency: 5', 'accepted', TYPES],
  [36, 'logging:\n  flushFrequency: "5"', 'refused', TYPES],
  [31, 'logging:\n  flushFrequency: often', 'refused', TYPES],
  [31, 'logging:\n  flushFrequency: 1.5', 'refused', TYPES],
  [27, 'logging:\n  flushFrequency: often', 'ignored', FIELDS(27)],
  [31, 'logging:\n  vmodule:\n  - filePattern: proxier\n    verbosity: 5', 'accepted', OPTIONS],
  [31, 'logging:\n  format: text\n  vmodule:\n  - filePattern: proxier', 'accepted', OPTIONS],
  [31, 'logging:\n  format: json\n  vmodule: []', 'accepted', OPTIONS],
  [
    31,
    'logging:\n  format: json\n  vmodule:\n  - filePattern: proxier\n    verbosity: 5',
    'refused',
    OPTIONS,
    at('vmodule', 'Forbidden: Only supported for text log format'),
  ],
  [
    28,
    'logging:\n  vmodule:\n  - filePattern: proxier\n  - verbosity: 5',
    'refused',
    OPTIONS,
    at('vmodule[1]', 'Required value: File pattern must not be empty'),
  ],
  [
    36,
    'logging:\n  vmodule:\n  - filePattern: a=b\n    verbosity: 5',
    'refused',
    OPTIONS,
    at('vmodule[0]', 'Invalid value: "a=b": File pattern must not contain equal sign or comma'),
  ],
  [27, 'logging:\n  vmodule:\n  - verbosity: 5', 'ignored', FIELDS(27)],
  [31, 'featureGates:\n  LoggingBetaOptions: true\nlogging:\n  format: json', 'accepted', REGISTER],
  [
    31,
    'featureGates:\n  LoggingBetaOptions: false\nlogging:\n  format: json',
    'refused',
    REGISTER,
    at('format', 'Forbidden: Log format json is disabled, see LoggingBetaOptions feature'),
  ],
  [31, 'logging:\n  options:\n    json:\n      splitStream: false', 'accepted', OPTIONS],
  [
    31,
    'logging:\n  options:\n    json:\n      splitStream: true',
    'refused',
    OPTIONS,
    at('options.json.splitStream', 'Forbidden: Feature LoggingAlphaOptions is disabled'),
  ],
  [
    31,
    'featureGates:\n  LoggingAlphaOptions: true\nlogging:\n  options:\n    json:\n      splitStream: true',
    'accepted',
    OPTIONS,
  ],
  [
    31,
    'featureGates:\n  AllAlpha: true\nlogging:\n  options:\n    json:\n      splitStream: true',
    'accepted',
    'k8s.io/component-base featuregate/feature_gate.go',
  ],
];
