// Checks the books over the API after samples/real-run.sh; exits 1 with the first difference. Lines that start with "="
// are compared between the two runs.
import { readFileSync } from 'node:fs';

const url = process.env.FUNDINGFLOW_URL;
const key = JSON.parse(readFileSync(process.env.FUNDINGFLOW_KEYS, 'utf8')).staff;
const get = async path => {
  const answer = await fetch(url + path, { headers: { 'X-Api-Key': key } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};
// Exact: decimal strings as whole numbers of 10^-6.
const units = text => {
  const [whole, part = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole + part.padEnd(6, '0'));
  return text.startsWith('-') ? -value : value;
};
const fail = message => { console.error('FAILED: ' + message); process.exit(1); };

async function pledges() {
  const all = [];
  for (let continuation = ''; ;) {
    const page = await get(`/api/pledges?size=100${continuation && '&continuation=' + encodeURIComponent(continuation)}`);
    all.push(...page.items);
    if (!page.continuation) return all;
    continuation = page.continuation;
  }
}

let all;
for (let i = 0; i < 120; i++) {
  all = await pledges();
  if (all.every(pledge => pledge.status !== 'submitted')) break;
  await new Promise(resolve => setTimeout(resolve, 2000));
}
if (all.some(pledge => pledge.status === 'submitted')) fail('pledges are still submitted after four minutes');

const parts = ['unallocated', 'inTransit', 'withdrawn', 'writtenOff', 'proposed', 'committed', 'received'];
const tight = new Set();
for (const pledge of all) {
  const whole = units(pledge.resource.amount ?? pledge.resource.quantity ?? pledge.resource.hours);
  const sum = parts.reduce((total, part) => total + units(pledge[part]), 0n);
  if (whole !== sum) fail(`${pledge.id}: the parts sum to ${sum}, the pledge is ${whole}`);
  const placed = pledge.allocations.reduce((total, part) => total + units(part.amount ?? part.quantity ?? part.hours), 0n);
  if (placed !== units(pledge.proposed) + units(pledge.committed) + units(pledge.received)) fail(`${pledge.id}: its allocations do not sum`);
  for (const project of pledge.earmark?.projects ?? []) tight.add(project);
}

const gaps = await get('/api/gaps?by=project');
let nyc = 0;
for (const row of gaps.rows) {
  const filled = units(row.pledged) + units(row.committed) + units(row.received);
  if (filled > units(row.requirement) && !tight.has(row.key)) fail(`${row.key} is filled above its requirement`);
  if (!row.key.startsWith('fts-')) nyc++;
}

const known = { 'fts-plan-929': ['1131050820', '564447748'], 'fts-plan-1006': ['0', '15000000'] };
for (const [project, [requirement, funding]] of Object.entries(known)) {
  const row = gaps.rows.find(candidate => candidate.key === project && candidate.currency === 'USD') ?? fail(`no row for ${project}`);
  if (units(row.requirement) !== units(requirement)) fail(`${project}: requirement ${row.requirement}, known ${requirement}`);
  const found = units(row.committed) + units(row.received);
  if (found !== units(funding)) fail(`${project}: funding ${found / 1000000n}, known ${funding}`);
  console.log(`= ${project}: requirement ${row.requirement}, funding ${found / 1000000n}, coverage ${row.coverage ?? 'not stated'}`);
}

const unallocated = all.filter(pledge => pledge.stated && units(pledge.unallocated) > 0n).length;
if (nyc !== 1480) fail(`${nyc} projects of New York, expected 1480`);
console.log(`= ${all.length} pledges, every part accounted for; ${nyc} projects of New York; ${unallocated} flows without a plan stand`);
