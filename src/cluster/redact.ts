const MASK = '<redacted>';

/** Keys whose value is a secret wherever they stand: eni-config, cloud-config, kubeconfigs, env dumps. */
const SECRET_KEY =
  '(?:access[_-]?key(?:[_-]?(?:id|secret))?|access[_-]?secret|secret[_-]?key|client[_-]?(?:key|certificate)(?:[_-]?data)?|certificate[_-]?authority[_-]?data|(?:id|refresh|auth|bearer|security|sts)?[_-]?token(?:[_-]?(?:secret|value))?|password|passwd|credential|private[_-]?key|ak|sk)';

const rules: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g, MASK],
  // "key": "value", also inside a JSON text that is itself a string, with an escaped quote on either side
  [
    new RegExp(`(\\\\*["']${SECRET_KEY}\\\\*["']\\s*:\\s*)(\\\\*["'])(?:(?!\\2)[\\s\\S])*(\\2|$)`, 'gi'),
    `$1$2${MASK}$2`,
  ],
  // "key": 123, "key": truncated…
  [new RegExp(`(\\\\*["']${SECRET_KEY}\\\\*["']\\s*:\\s*)(?![\\s"'\\\\<{[])[^,}\\s]+`, 'gi'), `$1${MASK}`],
  // key: value and key=value, in YAML, flags and log lines
  [
    new RegExp(`((?:^|[\\s,;{?&("'\`[]|--)${SECRET_KEY}\\s*[:=]\\s*)(?!["'{[<\\s])[^\\s,;}"')&]+`, 'gim'),
    `$1${MASK}`,
  ],
  [
    new RegExp(`((?:^|[\\s,;{?&("'\`[]|--)${SECRET_KEY}\\s*[:=]\\s*)(["'])(?:(?!\\2).)*(\\2|$)`, 'gim'),
    `$1$2${MASK}$2`,
  ],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/g, `$1 ${MASK}`],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g, MASK],
  [/\bLTAI[A-Za-z0-9]{12,}/g, MASK],
  [/\bx(?:ox[abprse]|app)-[A-Za-z0-9-]{8,}/g, MASK],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi, `$1${MASK}@`],
];

/** Texts without any of these hold nothing the rules could match; most log lines and events are such texts. */
const SUSPECT =
  /key|secret|token|passw|credential|certificate|\b(?:ak|sk)\b|bearer|basic|-----BEGIN|\beyJ|LTAI|xox|xapp|:\/\//i;

/** The one function that decides what may be shown: masks secrets in any text, well-formed or not. */
export function redact(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return rules.reduce((masked, [pattern, to]) => masked.replace(pattern, to), text);
}

/** Every text in a value, however deep; keys stay as they are. */
export function redactAll<T>(value: T): T {
  if (typeof value === 'string') return redact(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => redactAll(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactAll(item)])) as T;
}
