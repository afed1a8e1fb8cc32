// Package bench measures loads and reads, each against a minimal program that does the same work. The reports are the
// commands report and reading. It is a separate module, so that the other programs stay out of Casus' dependencies.
package bench
