// Package conformance tests the reads of the Neo4j store. Nearly every query of these tests is a new statement, which Neo4j
// has to plan. In one package with the tests of writes they would take longer than a package may.
package conformance
