import { parseAllDocuments } from 'yaml';

const SAMPLE = /^([ \t]*)(`{3,}|~{3,})([^\n`]*)\n([\s\S]*?)^[ \t]*\2[ \t]*$/gm;
const LANGUAGES = new Set(['bash', 'json', 'yaml', 'text']);

/** Faults of the fenced samples in one section: an unknown language, JSON or YAML that does not parse. */
export function checkSamples(markdown: string): readonly string[] {
  return [...markdown.matchAll(SAMPLE)].flatMap(([, indent = '', , info = '', text = '']) => {
    const language = info.trim();
    if (!LANGUAGES.has(language)) return [`a code fence names the language "${language}"`];
    const why = parseFault(language, dedent(text, indent));
    return why === undefined ? [] : [`a ${language} sample does not parse: ${why}`];
  });
}

function parseFault(language: string, text: string): string | undefined {
  if (language === 'json') return jsonFault(text);
  if (language !== 'yaml') return undefined;
  return [...parseAllDocuments(text)]
    .flatMap((document) => document.errors)
    .at(0)
    ?.message.split('\n')[0];
}

function jsonFault(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as SyntaxError).message;
  }
}

function dedent(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
}
