package client_test

import (
	"context"
	"fmt"
	"net/http"

	"casus/internal/client"
)

func ExampleClient_Do() {
	api := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, `{"data":{"actor":{"id":"actor:a"}}}`)
	})
	request := client.Request{Query: `{ actor(id: "actor:a") { id } }`}
	response, err := client.NewInProcess(api).Do(context.Background(), request)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s\n", response.JSON)
	// Output:
	// {
	//   "data": {
	//     "actor": {
	//       "id": "actor:a"
	//     }
	//   }
	// }
}
