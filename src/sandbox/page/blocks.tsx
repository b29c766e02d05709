import type { ReactNode } from 'react';
import { type Block, type Element, type Task, type TextObject, textOf } from './block-kit.js';
import { ElementView, type Press } from './element-view.js';
import { InputBlock } from './input-block.js';
import { Mrkdwn, type Names } from './mrkdwn.js';
import { RichText } from './rich-text.js';

export interface BlocksProps {
  blocks: readonly Block[];
  names: Names;
  press: Press;
}

export function Blocks({ blocks, names, press }: BlocksProps): ReactNode {
  return blocks.map((block, index) => (
    <div className={`block block-${block.type}`} key={block.block_id ?? index} data-block-id={block.block_id}>
      <BlockView block={block} names={names} press={press} />
    </div>
  ));
}

type ViewProps = { block: Block; names: Names; press: Press };

const views: Readonly<Record<string, (props: ViewProps) => ReactNode>> = {
  section: Section,
  header: ({ block }) => <h3>{textOf(block.text)}</h3>,
  divider: () => <hr />,
  context: ({ block, names }) =>
    (block.elements ?? []).map((element, index) => contextItem(element, index, names)),
  actions: Actions,
  context_actions: Actions,
  rich_text: ({ block, names }) => <RichText parts={(block.elements ?? []) as Element[]} names={names} />,
  markdown: ({ block, names }) => <Mrkdwn text={textOf(block.text).replaceAll('**', '*')} names={names} />,
  image: ({ block }) => <img src={block.image_url} alt={block.alt_text ?? ''} />,
  plan: Plan,
  container: Container,
  input: ({ block, press }) => <InputBlock block={block} press={press} />,
};

function BlockView(props: ViewProps): ReactNode {
  const View = views[props.block.type];
  return View ? <View {...props} /> : <em>(a “{props.block.type}” block, which this page does not draw)</em>;
}

function Section({ block, names, press }: ViewProps): ReactNode {
  const text = block.text as TextObject | undefined;
  return (
    <div className="section">
      <div>
        {text && <Text text={text} names={names} />}
        {block.fields && (
          <div className="fields">{block.fields.map((field, index) => fieldItem(field, index, names))}</div>
        )}
      </div>
      {block.accessory && <ElementView element={block.accessory} block={block} press={press} />}
    </div>
  );
}

const fieldItem = (field: TextObject, index: number, names: Names): ReactNode => (
  <div key={index}>
    <Text text={field} names={names} />
  </div>
);

function contextItem(element: Element | TextObject, index: number, names: Names): ReactNode {
  if (element.type === 'image') return <img key={index} src={(element as Element).image_url} alt="" />;
  return (
    <span key={index} className="context-item">
      <Text text={element as TextObject} names={names} />
    </span>
  );
}

function Text({ text, names }: { text: TextObject; names: Names }): ReactNode {
  return text.type === 'mrkdwn' ? <Mrkdwn text={text.text} names={names} /> : text.text;
}

function Actions({ block, press }: ViewProps): ReactNode {
  return ((block.elements ?? []) as Element[]).map((element, index) => (
    <ElementView key={element.action_id ?? index} element={element} block={block} press={press} />
  ));
}

const marks: Readonly<Record<string, string>> = { pending: '○', in_progress: '◐', complete: '●', error: '✕' };

function Plan({ block, names }: ViewProps): ReactNode {
  return (
    <>
      <b>{textOf(block.title)}</b>
      <ul className="plan">{(block.tasks ?? []).map((task) => taskItem(task, names))}</ul>
    </>
  );
}

const taskItem = (task: Task, names: Names): ReactNode => (
  <li key={task.task_id} className={`task task-${task.status}`}>
    <span className="mark">{marks[task.status] ?? '?'}</span> {task.title}
    {[task.details, task.output].map((part, index) =>
      part ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: details and output, always in this order
        <div className="task-detail" key={index}>
          <RichText parts={(part.elements ?? []) as Element[]} names={names} />
        </div>
      ) : null,
    )}
  </li>
);

function Container({ block, names, press }: ViewProps): ReactNode {
  const inner = <Blocks blocks={block.child_blocks ?? []} names={names} press={press} />;
  if (!block.is_collapsible) return inner;
  return (
    <details open={!block.default_collapsed}>
      <summary>{textOf(block.title)}</summary>
      {inner}
    </details>
  );
}
