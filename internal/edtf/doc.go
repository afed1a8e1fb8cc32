// Package edtf reads times as sources state them: values of the Extended Date/Time Format, each with its hull, the
// half-open range of all instants that the value allows. It also has instants, ISO 8601 durations and the buckets of a
// calendar.
package edtf
