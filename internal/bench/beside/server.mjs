// Serves the graph stored in Neo4j with @neo4j/graphql: STORE=bolt://... PORT=... node server.mjs
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Neo4jGraphQL } from '@neo4j/graphql';
import { createYoga } from 'graphql-yoga';
import neo4j from 'neo4j-driver';

const typeDefs = readFileSync(new URL('types.graphql', import.meta.url), 'utf8');
const features = { filters: { String: { GT: true } } };
const schema = await new Neo4jGraphQL({ typeDefs, driver: neo4j.driver(process.env.STORE), features }).getSchema();
const yoga = createYoga({ schema, logging: false, graphiql: false, landingPage: false });
createServer(yoga).listen(+process.env.PORT, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${process.env.PORT}/graphql`);
});
