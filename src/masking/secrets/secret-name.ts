/**
 * What a name says of the value beside it: `secret`, a `list` of secrets, or a secret only `when-random`, as the same
 * name stands beside plain words too (`auth: enabled`).
 */
export type NameKind = 'secret' | 'list' | 'when-random';

const LONGEST = 120;

/** Say nothing of what the value is: `password_value`, `token2`, `secretString`. */
const QUALIFIER =
  /^(?:values?|data|base|base64|b64|raw|plain|plaintext|text|string|str|old|new|prev|previous|current|default|primary|secondary|backup|hash|enc|encoded|encrypted|env|\d{1,4})$/;

const SECRET_WORD =
  /(?:password|passwd|passphrase|passcode|secret|token|credentials?|apikey|accesskey|secretkey|privatekey|signingkey|encryptionkey|accesskeyid|authorization|cookie|bearer|jwt|pwd|psk|dockerconfigjson|dockercfg)\d{0,4}$/;
const SECRET_LIST = /(?:passwords|passphrases|tokens|apikeys|accesskeys|secretkeys|privatekeys)$/;
const KEY_OWNER =
  /(?:access|api|secret|private|client|encryption|encrypt|decryption|signing|sign|auth|account|session|ssh|master|shared|license|app|storage|subscription|crypto|deploy|hmac|jwt|webhook|consumer|root|tls|ca|server|etcd|rsa)$/;

/** `existingSecret: foo` is the name of a Secret, `nextPageToken` a bookmark. */
const NO_SECRET: Readonly<Record<string, RegExp>> = {
  secret:
    /^(?:existing|pull|tls|image|registry|reference|cert|certificate|ingress|ssl|external|k8s|kubernetes)$/,
  token: /^(?:max|min|num|page|continue|next|total|pagination|cancellation|unexpected)$/,
};

/** What a text has in it where one of its names is of any kind, or is `stringData`: the words above, in each style of case. */
export const nameHints: readonly RegExp[] = [
  /key|secret|token|pass|pwd|psk|credential|cert|auth|cookie|jwt|bearer|docker|sig|stringdata/i,
  /(?:^|[^A-Za-z]|\\[nrt])[AaSs][Kk](?![a-z])|[a-z\d][AS]K(?![a-z])|[A-Za-z\d][AS]k(?![a-z])/,
  // What is unseen may part any of them.
  /[\u00ad\u200b-\u200d\u2060\ufeff]/,
];

/** Any prefix, any case style: what counts is the last words of a name. */
export function kindOfName(name: string): NameKind | undefined {
  const words = wordsOf(name.slice(-LONGEST));
  while (words.length > 1 && QUALIFIER.test(words.at(-1) ?? '')) words.pop();
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  if (NO_SECRET[last]?.test(before)) return undefined;
  if (SECRET_LIST.test(last)) return 'list';
  if (SECRET_WORD.test(last) || isKey(last, before, words.at(-3) ?? '')) return 'secret';
  if (
    /^(?:ak|sk)$/.test(last) ||
    /^(?:(?:ssh|db|my|user|admin|root|redis|smtp|mail|ftp|http|proxy|ldap|login)?pass|sig|signature)$/.test(
      last,
    )
  )
    return 'when-random';
  return words.length === 1 && last === 'auth' ? 'when-random' : undefined;
}

/** Whether a name tells that what stands beside it is a secret. */
export const isSecretName = (name: string): boolean => kindOfName(name) === 'secret';

function isKey(last: string, before: string, first: string): boolean {
  if (last === 'key') return KEY_OWNER.test(before);
  if (last === 'id') return (before === 'key' && first === 'access') || before === 'secret';
  // kubeconfig: client-certificate-data; the qualifier is gone by now.
  return last === 'certificate' && before === 'client'
    ? true
    : last === 'authority' && before === 'certificate';
}

/** Soft hyphens and the like: they part a name for a machine, and for nobody who reads it. */
const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;

const wordsOf = (name: string): string[] =>
  name
    .replace(UNSEEN, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]/)
    .filter((word) => word !== '');
