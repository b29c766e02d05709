import { looksRandom } from './no-secret.js';

interface SecretShape {
  readonly name: string;
  /**
   * What every text has in it that the pattern matches, in JSON and URLs too: no boundary before it, as an escape may
   * stand there. Texts without any shape's hint are not looked at.
   */
  readonly hint: RegExp;
  /** The first group, where there is one, is the secret. */
  readonly pattern: RegExp;
  readonly isSecret?: ((secret: string) => boolean) | undefined;
}

/** Docker Hub, PyPI, Hugging Face, Grafana, Linear, PlanetScale, Sentry, New Relic, Atlassian, Doppler, Shopify, age. */
const MAKERS =
  /dckr_[po]at_|pypi-|hf_|gls?[ac]_|lin_api_|pscale_|sntry[su]_|NRAK-|ATATT3|dp\.[cps]t\.|shp(?:at|ca|pa|ss)_|AGE-SECRET-KEY-/;

/** Recognised by themselves, whatever stands beside them. */
export const knownShapes: readonly SecretShape[] = [
  {
    name: 'a private key',
    hint: /-----BEGIN/,
    pattern:
      /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----))*(?:-----END [A-Z ]{0,40}-----)?/g,
  },
  {
    name: 'a private key of SSH2',
    hint: /---- BEGIN/,
    pattern: /---- BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY ----(?:[^-]|-(?!---))*/g,
  },
  {
    name: 'a private key of PuTTY',
    hint: /Private-Lines:/,
    pattern: /^Private-Lines:[ \t]{0,4}\d{1,4}\r?\n([A-Za-z0-9+/=\r\n]*)/gm,
  },
  { name: 'its MAC', hint: /Private-MAC:/, pattern: /^Private-MAC:[ \t]{0,4}(\w{8,})/gm },
  {
    // As kubeconfigs and Secrets hold it; certificates are public.
    name: 'a private key in base64',
    hint: /LS0tLS1CRUdJTi/,
    pattern: /\bLS0tLS1CRUdJTi(?!BDRVJU)[A-Za-z0-9+/=]{20,}/g,
  },
  {
    name: 'a JWT',
    hint: /eyJ/,
    pattern: /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g,
  },
  { name: 'an access key', hint: /LTAI/, pattern: /\bLTAI[A-Za-z0-9]{12,}/g },
  {
    // A text that is too long ends in the middle of a secret.
    name: 'an id or a token cut off',
    hint: /LTAI|STS\.|gh[oprsu]_|xox[a-z]-/,
    pattern: /\b(?:LTAI|STS\.|gh[oprsu]_|xox[a-z]-)[A-Za-z0-9_-]{4,}$/g,
  },
  { name: 'a JWT cut off', hint: /eyJ/, pattern: /\beyJ[A-Za-z0-9_-]{20,}$/g },
  { name: 'an access key of STS', hint: /STS\./, pattern: /\bSTS\.[A-Za-z0-9]{10,}/g },
  { name: 'an access key of AWS', hint: /AKIA|ASIA/, pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  {
    name: 'a token of Slack',
    hint: /xox[abeoprs]-|xapp-/,
    pattern: /\bx(?:ox[abeoprs]|app)-[A-Za-z0-9-]{8,}/g,
  },
  { name: 'a token of GitHub', hint: /gh[oprsu]_/, pattern: /\bgh[oprsu]_[A-Za-z0-9]{20,}/g },
  {
    name: 'a fine-grained token of GitHub',
    hint: /github_pat_/,
    pattern: /\bgithub_pat_[A-Za-z0-9_.-]{20,}/g,
  },
  { name: 'a token of GitLab', hint: /glpat-/, pattern: /\bglpat-[A-Za-z0-9_.-]{20,}/g },
  { name: 'a key of Google', hint: /AIza/, pattern: /\bAIza[A-Za-z0-9_.-]{20,}/g },
  { name: 'a token of Google', hint: /ya29\./, pattern: /\bya29\.[A-Za-z0-9_.-]{20,}/g },
  { name: 'a token of npm', hint: /npm_/, pattern: /\bnpm_[A-Za-z0-9_.-]{20,}/g },
  { name: 'a token of Vault', hint: /hv[sbr]\./, pattern: /\bhv[sbr]\.[A-Za-z0-9_.-]{20,}/g },
  { name: 'a token of DigitalOcean', hint: /dop_v1_/, pattern: /\bdop_v1_[A-Za-z0-9_.-]{20,}/g },
  { name: 'a key of SendGrid', hint: /SG\./, pattern: /\bSG\.[A-Za-z0-9_.-]{20,}/g },
  {
    name: 'a key of a model',
    hint: /sk-[A-Za-z0-9_.-]{20}/,
    pattern: /\bsk-(?:proj-|ant-)?[A-Za-z0-9_.-]{20,}/g,
  },
  {
    name: 'a token with the prefix of who made it',
    hint: MAKERS,
    pattern:
      /\b(?:dckr_[po]at_|pypi-|hf_|gls?[ac]_|lin_api_|pscale_(?:pw|tkn)_|sntry[su]_|NRAK-|ATATT3|dp\.[cps]t\.|shp(?:at|ca|pa|ss)_|AGE-SECRET-KEY-)([A-Za-z0-9_.=-]{20,})/g,
    isSecret: looksRandom,
  },
  {
    name: 'a hash of a password in LDAP',
    hint: /\{S?(?:SHA|MD5)/,
    pattern: /\{S?(?:SHA(?:256|512)?|MD5)\}([A-Za-z0-9+/=]{16,200})/g,
  },
  {
    name: 'a key of Stripe',
    hint: /[srp]k_(?:live|test)_/,
    pattern: /\b[srp]k_(?:live|test)_[A-Za-z0-9]{10,}/g,
  },
  {
    name: 'a webhook of Slack',
    hint: /hooks\.slack\.com/,
    pattern: /\bhooks\.slack\.com\/[a-z]{1,20}\/([\w/]{10,200})/g,
  },
  { name: 'a webhook of Feishu', hint: /v2\\?\/hook/, pattern: /\/bot\/v2\/hook\/([\w-]{10,100})/g },
  { name: 'a webhook of WeCom', hint: /send\?key=/, pattern: /\/webhook\/send\?key=([\w-]{10,100})/g },
  { name: 'a token of Telegram', hint: /bot\d{6}/, pattern: /\/bot\d{6,12}:([\w-]{20,100})/g },
  {
    // `$6$salt$hash`.
    name: 'a hash of a password',
    hint: /\$(?:apr1|[156]|2[aby]|y|7)\$/,
    pattern: /\$(?:apr1|[156]|2[aby]|y|7)\$[\w./$]{8,200}/g,
  },
  {
    name: 'the secret beside the id of an access key',
    hint: /LTAI/,
    pattern: /\bLTAI[A-Za-z0-9]{12,}[:/|][ \t]?([A-Za-z0-9]{16,64})\b/g,
  },
  {
    name: 'a bootstrap token',
    hint: /token/i,
    pattern: /\btokens?\b[^\n]{0,40}?\b([a-z0-9]{6}\.[a-z0-9]{16})\b/gi,
  },
  {
    name: 'a password for sshpass',
    hint: /sshpass/,
    pattern: /\bsshpass[ \t]{1,4}-p[ \t]{0,4}["']?([^\s"']{1,500})/g,
  },
  {
    name: 'a password for a registry',
    hint: /login\b/,
    pattern: /\blogin[ \t][^\n]{0,200}?[ \t]-p[ \t]{1,4}["']?([^\s"']{1,500})/g,
  },
  {
    name: 'a password for redis-cli',
    hint: /redis-cli/,
    pattern: /\bredis-cli[ \t][^\n]{0,200}?[ \t]-a[ \t]{1,4}["']?([^\s"']{1,500})/g,
  },
  {
    name: 'a password for mysql',
    hint: /mysql/,
    pattern: /\bmysql[a-z]{0,10}[ \t][^\n]{0,200}?[ \t]-p([^\s"']{1,500})/g,
  },
  {
    name: 'a pair of a property list',
    hint: /<key>/i,
    pattern: /<key>[^<]{0,40}(?:password|secret|token)<\/key>\s{0,20}<string>([^<]{1,500})/gi,
  },
  {
    name: 'a password of .netrc',
    hint: /password/,
    pattern: /\b(?:login|account)[ \t]{1,8}[^\s]{1,200}\s{1,8}password[ \t]{1,8}([^\s]{1,500})/g,
  },
  {
    name: 'a password of redis.conf',
    hint: /requirepass|masterauth/,
    pattern: /^[ \t]{0,8}(?:requirepass|masterauth)[ \t]{1,8}([^\s#]{1,500})/gm,
  },
  {
    name: 'a password for curl',
    hint: /-u\b|--user\b/,
    pattern: /(?:^|[ \t])(?:-u|--user)[ \t=]{1,4}["']?[\w.@-]{1,100}:([^\s"']{1,500})/gm,
  },
  {
    name: 'a password of a DSN',
    hint: /@(?:tcp|unix)\(/,
    pattern: /\b[\w.-]{1,64}:([^\s@:/]{1,200})@(?:tcp|unix)\(/g,
  },
  {
    name: 'a header’s scheme',
    hint: /bearer|basic/i,
    pattern: /\b(?:bearer|basic)[ \t]{1,8}([A-Za-z0-9._~+/=-]{8,})/gi,
    isSecret: looksRandom,
  },
];
