import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/**
 * Serves the page's few built files, and nothing outside their folder. By hand, because `@fastify/static` needs
 * `require` of ES modules, which Node has only from 20.19 on.
 */
export function serveFolder(server: FastifyInstance, folder: string): void {
  const root = path.resolve(folder);
  server.get<{ Params: { '*': string } }>('/*', async ({ params }, reply) => {
    const file = path.resolve(root, `./${params['*'] || 'index.html'}`);
    const type = types[path.extname(file)];
    if (type === undefined || !file.startsWith(root + path.sep)) return reply.code(404).send('not found');
    const content = await readFile(file).catch(() => undefined);
    if (content === undefined) return reply.code(404).send(`not found: is the page built in ${root}?`);
    return reply.type(type).send(content);
  });
}
