// The style of the public schema: @graphql-eslint's recommended and Relay rules, and below them each setting that
// differs, with its reason. Run from the project's root:
//   node .ci/node/node_modules/eslint/bin/eslint.js --config .ci/node/eslint.config.mjs 'schema/*.graphqls'
import graphql from '@graphql-eslint/eslint-plugin';

// Types that are values, known by what they say: they have no identity, so they carry no id. A new type is either a
// Node or belongs here.
const values = [
  'Announcement', 'Box', 'BucketGroup', 'Bulk', 'Change', 'ClaimCounts', 'Cluster', 'Code', 'Corroboration',
  'CountryCount', 'Dataset', 'Disagreement', 'DisagreementSide', 'Estimate', 'EventLocation', 'EventPart',
  'EventState', 'Extent', 'Extraction', 'Facet', 'FieldStatement', 'Figure', 'FigureSum', 'Hop', 'Identifier',
  'IdentityDecision', 'KnowledgeBucket', 'Label', 'Measure', 'Name', 'Network', 'NetworkLink', 'NetworkNode',
  'PageInfo', 'Participation', 'Path', 'Point', 'PrecisionCount', 'Quote', 'Response', 'Reversal', 'SourceCount',
  'Span', 'StatementSource', 'StatusCounts', 'Sum', 'Telling', 'Tie', 'Time', 'TimelineBucket', 'Toll', 'TollBounds',
  'TollFigure',
];

export default [
  {
    files: ['**/*.graphqls'],
    plugins: { '@graphql-eslint': graphql },
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: 'schema/*.graphqls' } },
    },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,

      // Descriptions are the playground's documentation, so more than types and root fields must have one.
      '@graphql-eslint/require-description': ['error', {
        types: true, DirectiveDefinition: true, FieldDefinition: true, InputValueDefinition: true,
        EnumValueDefinition: true,
      }],
      // A description of one line stands on one line, a longer one in a block.
      '@graphql-eslint/description-style': 'off',
      // A field's name has one type wherever it occurs, so that fragments over unions never conflict: Actor.actorKind
      // and Location.locationKind, not kind twice.
      '@graphql-eslint/no-typename-prefix': 'off',
      // Connections and edges are pages, not things.
      '@graphql-eslint/strict-id-in-types': ['error', {
        exceptions: { types: values, suffixes: ['Connection', 'Edge'] },
      }],
      // Connections offer nodes beside edges, and short lists (names, figures) are plain lists. A change is an edge's
      // node and a value.
      '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }],
      // Ranked answers (search, co-participants, changes) are read forward only.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
    },
  },
];
