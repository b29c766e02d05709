import { type SectionName, sectionNames } from './intent.js';

export interface EntryParts {
  /** YAML between the two `---` lines; undefined where they are missing. */
  readonly frontMatter: string | undefined;
  readonly sections: Readonly<Partial<Record<SectionName, string>>>;
}

const FRONT = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/** Cuts an entry file into front matter and `##` sections; what is out of place is told to `fault`. */
export function splitEntry(text: string, fault: (text: string) => void): EntryParts {
  const front = FRONT.exec(text);
  if (front === null) fault('no front matter between two `---` lines at the start');
  const body = front === null ? text : text.slice(front[0].length);
  return { frontMatter: front?.[1], sections: splitSections(body, fault) };
}

function splitSections(body: string, fault: (text: string) => void): EntryParts['sections'] {
  const [before = '', ...chunks] = atHeadings(body);
  if (before.trim() !== '') fault(`text before the first heading: ${before.trim().slice(0, 40)}`);

  const found = new Map<SectionName, string>();
  for (const chunk of chunks) {
    const [heading = '', ...lines] = chunk.split('\n');
    const name = sectionNames.find((section) => heading === `## ${section}`);
    if (name === undefined) fault(`unexpected heading: ${heading}`);
    else if (found.has(name)) fault(`the section ${name} stands twice`);
    else found.set(name, lines.join('\n').trim());
  }
  checkSections(found, fault);
  return Object.fromEntries(found);
}

function checkSections(found: ReadonlyMap<SectionName, string>, fault: (text: string) => void): void {
  if (!found.has('Solution')) fault('no section Solution');
  for (const [name, text] of found) if (text === '') fault(`the section ${name} is empty`);
  const order = [...found.keys()];
  const expected = sectionNames.filter((name) => found.has(name));
  if (order.join() !== expected.join()) fault(`sections must stand in the order ${expected.join(', ')}`);
}

/** The text before the first heading, then one chunk a heading; `#` lines inside code fences are text. */
function atHeadings(body: string): readonly string[] {
  const chunks: string[][] = [[]];
  let fenced = false;
  for (const line of body.replaceAll('\r\n', '\n').split('\n')) {
    if (/^\s*(`{3,}|~{3,})/.test(line)) fenced = !fenced;
    if (!fenced && /^#{1,6} /.test(line)) chunks.push([]);
    chunks.at(-1)?.push(line);
  }
  return chunks.map((lines) => lines.join('\n').trimEnd());
}
