/** The page with this text between `<!-- name -->` and `<!-- /name -->`. */
export function betweenMarkers(page: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest] = page.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`no ${start} … ${end} in the page`);
  return `${before}${start}\n${text}\n${end}${after}`;
}
