// Package conformance tests what the Neo4j store reads. Nearly every query of these tests is another one, and Neo4j
// plans each: beside the tests of what the store writes they would take longer than a package may.
package conformance
