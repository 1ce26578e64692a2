package feed

import "encoding/json"

// Between servers news travels as text: JSON, small enough for the carrier.

// message is what one server tells the others at once.
type message struct {
	From string `json:"from"` // the server that tells
	News []item `json:"news"`
}

type item struct {
	Topic  string   `json:"t"`
	Seq    int64    `json:"s"`
	Boards []string `json:"b"` // null: any
}

// mostBoards is how many boards are named; more are told as any of the topic's.
const mostBoards = 50

// Encode writes news of the server from as messages of at most most bytes each.
func Encode(from string, news []News, most int) []string {
	var all []string
	m := message{From: from}
	size := len(from) + 32
	flush := func() {
		if len(m.News) > 0 {
			text, _ := json.Marshal(m) // strings and numbers always marshal
			all = append(all, string(text))
		}
		m.News, size = nil, len(from)+32
	}
	for _, n := range news {
		i := item(n)
		if len(i.Boards) > mostBoards {
			i.Boards = nil
		}
		text, _ := json.Marshal(i)
		if size+len(text)+1 > most {
			flush()
		}
		m.News = append(m.News, i)
		size += len(text) + 1
	}
	flush()
	return all
}

// Decode reads a message; news is empty if it comes from the server to itself.
func Decode(to, text string) (news []News, err error) {
	var m message
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return nil, err
	}
	if m.From == to {
		return nil, nil
	}
	for _, i := range m.News {
		news = append(news, News(i))
	}
	return news, nil
}
