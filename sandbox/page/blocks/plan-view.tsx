import type { ReactNode } from 'react';
import { type Block, type Element, type Task, textOf } from './block-kit.js';
import type { Names } from '../names.js';
import { RichText } from './rich-text.js';

export function PlanView({ block, names }: { block: Block; names: Names }): ReactNode {
  const tasks = block.tasks ?? [];
  const running = tasks.some(({ status }) => status === 'in_progress' || status === 'pending');
  return (
    <details className="plan" open>
      <summary>
        <Mark status={running ? 'in_progress' : tasks.some(isFailed) ? 'error' : 'complete'} />
        <b>{textOf(block.title)}</b>
      </summary>
      <ul>
        {tasks.map((task) => (
          <li key={task.task_id}>
            <TaskView task={task} names={names} />
          </li>
        ))}
      </ul>
    </details>
  );
}

const isFailed = ({ status }: Task): boolean => status === 'error';

export function TaskView({ task, names }: { task: Task; names: Names }): ReactNode {
  return (
    <div className={`task task-${task.status}`}>
      <Mark status={task.status} />
      <div>
        {task.title}
        {task.details && (
          <div className="task-detail">
            <RichText parts={(task.details.elements ?? []) as Element[]} names={names} />
          </div>
        )}
        {task.output && (
          <div className="task-output">
            <RichText parts={(task.output.elements ?? []) as Element[]} names={names} />
          </div>
        )}
        {task.sources?.map(({ url, text }) => (
          <a key={url} href={url} target="_blank" rel="noreferrer">
            {text}
          </a>
        ))}
      </div>
    </div>
  );
}

const signs: Readonly<Record<string, string>> = { complete: '✓', error: '!' };

const Mark = ({ status }: { status: string }): ReactNode => (
  <span className={`mark mark-${status}`} role="img" aria-label={status.replace('_', ' ')}>
    {signs[status] ?? ''}
  </span>
);
