# Times searches with public-inbox's own modules; reads and prints JSON.
# Opens its index once, so that no process's start is in the measure.
use strict;
use warnings;
use JSON::PP;
use Encode qw(encode_utf8);
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC);
use PublicInbox::Inbox;
use PublicInbox::Search;

my $inbox = PublicInbox::Inbox->new({ inboxdir => $ARGV[0], name => 'measured' });
my ($search, $overview) = ($inbox->search, $inbox->over);
my $request = decode_json(do { local $/; <STDIN> });

sub middle { my @sorted = sort { $a <=> $b } @_; $sorted[$#sorted / 2] }

sub ask {
	my ($text) = @_;
	my $begin = clock_gettime(CLOCK_MONOTONIC);
	my $query = encode_utf8($text);
	$search->query_approxidate($inbox->git, $query);
	my $found = $search->mset($query, { limit => 1_000_000_000 });
	my $numbers = $search->mset_to_artnums($found);
	my $middle = clock_gettime(CLOCK_MONOTONIC);
	my @ids = map { $overview->get_art($_)->{mid} } @$numbers;
	my $end = clock_gettime(CLOCK_MONOTONIC);
	return (scalar @ids, $middle - $begin, $end - $begin);
}

my @answers;
for my $text (@{$request->{queries}}) {
	my @runs = map { [ ask($text) ] } 1 .. $request->{repetitions};
	push @answers, {
		count => $runs[0][0],
		numbers => middle(map { $_->[1] } @runs),
		ids => middle(map { $_->[2] } @runs),
	};
}
print encode_json(\@answers);
