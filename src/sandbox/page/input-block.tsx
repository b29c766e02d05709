import type { ReactNode } from 'react';
import { type Block, type Element, textOf } from './block-kit.js';
import type { Press } from './element-view.js';

/** An uncontrolled field named `<block>/<action>`; the modal reads the whole form on submit. */
export function InputBlock({ block }: { block: Block; press: Press }): ReactNode {
  const element = block.element;
  if (!element) return null;
  const name = `${block.block_id ?? ''}/${element.action_id ?? ''}`;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is drawn by Field
    <label>
      <span>
        {textOf(block.label)}
        {block.optional && <small> (optional)</small>}
      </span>
      <Field element={element} name={name} required={!block.optional} />
      {block.hint && <small>{textOf(block.hint)}</small>}
    </label>
  );
}

function Field({
  element,
  name,
  required,
}: {
  element: Element;
  name: string;
  required: boolean;
}): ReactNode {
  const placeholder = textOf(element.placeholder);
  if (element.type === 'static_select') {
    return (
      <select
        name={name}
        defaultValue={element.initial_option?.value ?? ''}
        required={required}
        data-element={element.type}
      >
        <option value="" disabled>
          {placeholder}
        </option>
        {(element.options ?? []).map((option) => (
          <option key={option.value} value={option.value}>
            {textOf(option.text)}
          </option>
        ))}
      </select>
    );
  }
  const shared = {
    name,
    placeholder,
    defaultValue: element.initial_value ?? '',
    required,
    'data-element': element.type,
  };
  return element.multiline ? <textarea rows={4} {...shared} /> : <input type="text" {...shared} />;
}
