/** A text with `{{key}}` slots, cut once, so that filling it many thousand times is cheap. */
export function createTemplate(text: string): (values: Readonly<Record<string, string>>) => string {
  const parts = text.split(/\{\{(\w+)\}\}/);
  return (values) => {
    let filled = parts[0] ?? '';
    for (let index = 1; index < parts.length; index += 2)
      filled += (values[parts[index] ?? ''] ?? '') + (parts[index + 1] ?? '');
    return filled;
  };
}
