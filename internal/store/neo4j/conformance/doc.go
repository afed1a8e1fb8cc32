// Package conformance tests the reads of the Neo4j store. Nearly every query of these tests is different, and Neo4j has
// to plan each of them. In one package with the tests of writes they would exceed the timeout of go test.
package conformance
