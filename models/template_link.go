package models

import (
	"math/big"

	"github.com/google/uuid"
)

// linkBase is how many signs a short name of a template is made of: digits and letters.
const linkBase = 62

// ShortName names a template in the address by which people start it: short, and the
// same for as long as the template is there.
func (t Template) ShortName() string {
	id, err := uuid.Parse(t.ID)
	if err != nil {
		return ""
	}
	return new(big.Int).SetBytes(id[:]).Text(linkBase)
}

// TemplateCalled is the ID of the template of a short name; empty if that is none.
func TemplateCalled(short string) string {
	n, ok := new(big.Int), false
	if len(short) <= 22 {
		n, ok = n.SetString(short, linkBase)
	}
	if !ok || n.Sign() < 0 || n.BitLen() > 128 {
		return ""
	}
	var id uuid.UUID
	n.FillBytes(id[:])
	return id.String()
}
