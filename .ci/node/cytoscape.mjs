// Reads a network in Cytoscape's JSON with cytoscape itself, without a screen, and prints its properties as JSON.
import { readFileSync } from 'node:fs';
import cytoscape from 'cytoscape';

const cy = cytoscape({ headless: true, ...JSON.parse(readFileSync(process.argv[2], 'utf8')) });
const count = (elements, key) => {
  const counts = {};
  elements.forEach((e) => { if (e.data(key)) counts[e.data(key)] = (counts[e.data(key)] ?? 0) + 1; });
  return counts;
};
console.log(JSON.stringify([{
  directed: cy.data('directed'),
  kinds: count(cy.nodes(), 'kind'),
  edges: cy.edges().filter((e) => e.source().nonempty() && e.target().nonempty()).length,
  roles: count(cy.edges(), 'role'),
  weight: cy.edges().reduce((sum, e) => sum + (e.data('weight') ?? 0), 0),
  names: cy.nodes().map((n) => n.data('names')),
  starts: cy.nodes().map((n) => n.data('start')).filter(Boolean).map((s) => s.slice(0, 10)),
}]));
