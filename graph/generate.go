package graph

//go:generate go tool gqlgen generate
//go:generate go run ./scheduler/rewrite generated
//go:generate go -C ../docs/clients/go generate .
