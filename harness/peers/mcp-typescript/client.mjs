// The MCP TypeScript SDK's client lists and calls the four tools over stdio.
// Usage: node client.mjs COMMAND ARGUMENT...; prints one JSON object.
import {Client} from '@modelcontextprotocol/sdk/client/index.js';
import {StdioClientTransport} from '@modelcontextprotocol/sdk/client/stdio.js';

const [command, ...args] = process.argv.slice(2);
const client = new Client({name: 'typescript-peer', version: '1.0.0'});
await client.connect(new StdioClientTransport({command, args, env: process.env}));

const {tools} = await client.listTools();
const call = async (name, input = {}) => {
  const result = await client.callTool({name, arguments: input});
  return {failed: result.isError === true, content: result.structuredContent, text: result.content?.[0]?.text};
};
const created = await call('create_task', {title: 'Written by TypeScript'});
const results = {
  tools: tools.map((tool) => tool.name).sort(),
  list: await call('list_tasks'),
  created,
  updated: await call('update_task', {task_id: created.content.id, status: 'completed'}),
  got: await call('get_task', {task_id: created.content.id}),
  missing: await call('get_task', {task_id: 'task-99'}),
};
await client.close();
console.log(JSON.stringify(results));
