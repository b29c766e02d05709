import { type ReactNode, useState } from 'react';
import { type Element, type Option, textOf } from './block-kit.js';
import type { DrawnProps } from './element-view.js';

export function Select({ element, send }: DrawnProps): ReactNode {
  const [chosen, choose] = useState(element.initial_option?.value ?? '');
  return (
    <select
      className="select"
      data-action-id={element.action_id}
      aria-label={textOf(element.placeholder) || 'Choose'}
      value={chosen}
      onChange={(event) => {
        choose(event.target.value);
        send(event.target.value);
      }}
    >
      <option value="" disabled>
        {textOf(element.placeholder) || 'Choose an option'}
      </option>
      <OptionList element={element} />
    </select>
  );
}

export function OptionList({ element }: { element: Element }): ReactNode {
  const option = (entry: Option) => (
    <option key={entry.value} value={entry.value}>
      {textOf(entry.text)}
    </option>
  );
  return (
    <>
      {element.options?.map(option)}
      {element.option_groups?.map((group) => (
        <optgroup key={textOf(group.label)} label={textOf(group.label)}>
          {group.options.map(option)}
        </optgroup>
      ))}
    </>
  );
}

export function Overflow({ element, send }: DrawnProps): ReactNode {
  const [isOpen, open] = useState(false);
  return (
    <div className="overflow">
      <button
        type="button"
        className="button"
        data-action-id={element.action_id}
        aria-label="More actions"
        aria-expanded={isOpen}
        onClick={() => open(!isOpen)}
      >
        ⋯
      </button>
      {isOpen && (
        <div role="menu" className="menu">
          {element.options?.map((option) => (
            <button
              key={option.value}
              type="button"
              role="menuitem"
              onClick={() => {
                open(false);
                send(option.value);
              }}
            >
              {textOf(option.text)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

export function Choices({ element, block, send }: DrawnProps): ReactNode {
  const kind = element.type === 'radio_buttons' ? 'radio' : 'checkbox';
  return (
    <div className="choices">
      {element.options?.map((option) => (
        <label key={option.value}>
          <input
            type={kind}
            name={`${block.block_id}-${element.action_id}`}
            defaultChecked={element.initial_option?.value === option.value}
            onChange={() => send(option.value)}
          />
          {textOf(option.text)}
          {option.description && <small>{textOf(option.description)}</small>}
        </label>
      ))}
    </div>
  );
}
