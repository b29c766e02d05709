import type { ReactNode } from 'react';
import { type Block, type Element, textOf } from './block-kit.js';
import { OptionList } from './select-elements.js';

/** An uncontrolled field named `<block>/<action>`; the modal reads the whole form on submit. */
export function InputBlock({ block }: { block: Block }): ReactNode {
  const element = block.element;
  if (!element) return null;
  const name = `${block.block_id ?? ''}/${element.action_id ?? ''}`;
  const isGroup = element.type === 'radio_buttons' || element.type === 'checkboxes';
  const Frame = isGroup ? 'fieldset' : 'label';
  const Title = isGroup ? 'legend' : 'span';
  return (
    <Frame className="input">
      <Title className="label">
        {textOf(block.label)}
        {block.optional && <small> (optional)</small>}
      </Title>
      <Field element={element} name={name} />
      {block.hint && <small>{textOf(block.hint)}</small>}
    </Frame>
  );
}

interface FieldProps {
  element: Element;
  name: string;
}

const nativeTypes: Readonly<Record<string, string>> = {
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  datepicker: 'date',
  timepicker: 'time',
};

/** Required fields are the simulator's to refuse, as they are Slack's, so that its words are shown. */
function Field({ element, name }: FieldProps): ReactNode {
  const placeholder = textOf(element.placeholder);
  const marked = { name, 'data-element': element.type };
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select': {
      const isMultiple = element.type === 'multi_static_select';
      const first = element.initial_option?.value ?? '';
      return (
        <select {...marked} multiple={isMultiple} defaultValue={isMultiple ? [] : first}>
          {!isMultiple && <option value="">{placeholder || 'Choose an option'}</option>}
          <OptionList element={element} />
        </select>
      );
    }
    case 'radio_buttons':
    case 'checkboxes':
      return <Choices element={element} name={name} />;
    default: {
      const shared = { ...marked, placeholder, defaultValue: element.initial_value ?? '' };
      return element.multiline ? (
        <textarea rows={4} {...shared} />
      ) : (
        <input type={nativeTypes[element.type] ?? 'text'} {...shared} />
      );
    }
  }
}

function Choices({ element, name }: FieldProps): ReactNode {
  return element.options?.map((option) => (
    <label key={option.value} className="choice">
      <input
        type={element.type === 'radio_buttons' ? 'radio' : 'checkbox'}
        name={name}
        value={option.value}
        defaultChecked={
          element.initial_option?.value === option.value ||
          element.initial_options?.some(({ value }) => value === option.value)
        }
      />
      <span>
        {textOf(option.text)}
        {option.description && <small>{textOf(option.description)}</small>}
      </span>
    </label>
  ));
}
