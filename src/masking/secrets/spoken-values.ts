import { isNoSecret, looksRandom } from './no-secret.js';
import { isSecretName } from './secret-name.js';
import type { Span } from './span.js';
import { withWordsBefore } from './words-before.js';

const NAME = /[A-Za-z][\w-]{2,60}/g;
const TELLING = /pass|pwd|psk|secret|token|key|credential/i;
/** Marks of Markdown and tables, an arrow, "is", or nothing but white space between a name and its value. */
const BETWEEN =
  /(["'`*]{0,3}[ \t]{0,4}(?:(?:\||->|→|=>|:|=|(?:is |was )?set to|equals|is|was)["'`*]{0,2}[ \t]{0,4})?["'`*]{0,3})([^\s"'`*|<>,;，。；、]{8,200})/y;
/** Of these the next word alone is a value; a `secret` and a `token` have names of their own. */
const PASSWORD = /(?:pass(?:word|wd|phrase|code)|pwd|psk)\d{0,4}$/i;
const VARIABLE = /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/;
/** `kube-system/db-2`: how objects are called, not what people make up to be secret. */
const OBJECT = /^[a-z0-9]+(?:[-./:][a-z0-9]+)+$/;

/** Where so little says that it is a secret, camel case alone does not: `AccessKey`, `TokenReview`. */
const looksMadeUp = (value: string): boolean => looksRandom(value) && /\d/.test(value);

/** Secrets as people say them: `the password is …`, `| password | … |`, `**Token:** …`, `ENV DB_PASSWORD …`, `the api key is …`. */
export function spokenValues(text: string): Span[] {
  return [...text.matchAll(NAME)].flatMap(({ 0: name, index }) => {
    if (!TELLING.test(name)) return [];
    if (!isSecretName(name) && !isSecretName(withWordsBefore(text, index, name))) return [];
    BETWEEN.lastIndex = index + name.length;
    const [whole, between = '', value = ''] = BETWEEN.exec(text) ?? [];
    if (whole === undefined || /^[:=]?$/.test(between)) return [];
    const bare = between.trim() === '';
    if (bare && !PASSWORD.test(name) && !VARIABLE.test(name)) return [];
    const end = index + name.length + whole.length;
    const own = value.replace(/[.)\]}]{1,4}$/, '');
    if (!looksMadeUp(own) || OBJECT.test(own) || isNoSecret(own)) return [];
    return [{ start: end - value.length, end: end - value.length + own.length }];
  });
}

const CHINESE =
  /(?:密码|口令|密钥|令牌|凭证|凭据)[ \t]{0,3}([:=]|是|为)?[ \t]{0,3}["'`]?([\x21-\x26\x28-\x7e]{4,200})/g;

/** What a text has in it that `chineseValues` finds anything in. */
export const chineseHint = /密码|口令|密钥|令牌|凭[证据]/;

/** `密码：…`, `数据库密码是…`. */
export const chineseValues = (text: string): Span[] =>
  [...text.matchAll(CHINESE)].flatMap(({ 0: whole, 1: told, 2: value = '', index }) => {
    const own = value.replace(/["`,.;)]{1,4}$/, '');
    const start = index + whole.length - value.length;
    const isOne = told === undefined ? looksMadeUp(own) : !isNoSecret(own) && !/^[:=]/.test(own);
    return isOne ? [{ start, end: start + own.length }] : [];
  });

const EVEN: Readonly<Record<string, string>> = {
  '：': ':',
  '＝': '=',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '\u00a0': ' ',
  '\u3000': ' ',
};
const UNEVEN = /[：＝“”‘’\u00a0\u3000]/g;

/** The same text with the marks of other scripts and of word processors as ASCII has them, each in its place. */
export const evened = (text: string): string => text.replace(UNEVEN, (mark) => EVEN[mark] ?? mark);
