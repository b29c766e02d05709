/** Lines of weight: errors of klog, logr and Go's own, whoever prints them. */
const ERROR =
  /^[EF]\d{4} |^\[(?:ERROR|FATAL)\] |"err":|\blevel=(?:error|fatal)\b|^Error: |^error: |^fatal: |^panic: /;
const STACK = /^(?:goroutine \d|\t|created by |[^\s()]+\(.*\)$)/;
const LONGEST = 500;

/** Whether a line says of itself that it is an error: the last one of a container that was killed mostly is none. */
export const isErrorLine = (line: string): boolean => ERROR.test(line.slice(0, LONGEST));

/** The last error, else the last line that is no part of a stack, cut to a length; undefined = nothing was said. */
export function lastWords(lines: readonly string[]): string | undefined {
  const told = lines.filter((line) => line.trim() !== '');
  const last = told.findLast(isErrorLine) ?? told.findLast((line) => !STACK.test(line.slice(0, LONGEST)));
  return last?.trim().slice(0, LONGEST);
}

/** From klog of Kubernetes 1.24 on an error with line breaks is a block: `err=<`, indented lines, ` >`. */
export function joinBlocks(lines: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let open = false;
  for (const line of lines) {
    if (open) joined[joined.length - 1] += ` ${line.trim()}`;
    else joined.push(line);
    open = open ? line.trim() !== '>' : line.endsWith('=<');
  }
  return joined;
}
